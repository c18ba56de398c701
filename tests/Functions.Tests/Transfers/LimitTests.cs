using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class LimitTests(LimitTests.Limited scene) : IClassFixture<LimitTests.Limited>
{
    [Fact, Requirement("TRF-36")]
    public async Task What_exceeds_a_limit_is_refused_with_what_remains_by_kind_and_by_device()
    {
        var (arta, besa) = (await scene.CustomerAsync(trusted: false), await scene.CustomerAsync());
        var trusted = await scene.SignInAsync(arta.Number, trusted: true);
        var (from, to) = (await arta.OpenAccountAsync("9000.00"), await besa.OpenAccountAsync("0.00"));

        Assert.Equal("422 transfer_limit_exceeded transfer 400.00 ALL", Told(await arta.QuoteInsideAsync(from, to.Iban, "400.01")));
        Assert.Equal("422 transfer_limit_exceeded transfer 600.00 ALL", Told(await trusted.QuoteInsideAsync(from, to.Iban, "600.01")));
        await trusted.SendInsideAsync(from, to.Iban, "600.00");
        Assert.Equal("422 transfer_limit_exceeded day 400.00 ALL", Told(await trusted.QuoteInsideAsync(from, to.Iban, "500.00")));

        // Checked again at confirm: two quotes fit, and together they do not. The refused one uses nothing up.
        var (first, second) = (await trusted.QuoteInsideAsync(from, to.Iban, "300.00"), await trusted.QuoteInsideAsync(from, to.Iban, "300.00"));
        Assert.Equal(201, (await trusted.ConfirmAsync("inside", first)).Status);
        Assert.Equal("422 transfer_limit_exceeded day 100.00 ALL", Told(await trusted.ConfirmAsync("inside", second)));
        await trusted.SendInsideAsync(from, to.Iban, "100.00");

        // Another kind has limits of its own; so has another customer.
        Assert.Equal(201, (await arta.ConfirmAsync("own", await arta.QuoteOwnAsync(from, await arta.OpenAccountAsync("0.00"), "5000.00"))).Status);
    }

    [Fact, Requirement("TRF-36")]
    public async Task So_many_transfers_in_an_hour_are_enough()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("9000.00"), await besa.OpenAccountAsync("0.00"));
        var last = await arta.QuoteInsideAsync(from, to.Iban, "1.00");
        for (var i = 0; i < 5; i++)
            await arta.SendInsideAsync(from, to.Iban, "1.00");

        var refused = await arta.ConfirmAsync("inside", last);
        Assert.Equal("422 transfer_too_often 5", $"{refused} {refused.Json["mostPerHour"]}");
        Assert.Equal("422 transfer_too_often", (await arta.QuoteInsideAsync(from, to.Iban, "1.00")).ToString());
    }

    [Fact, Requirement("TRF-36")]
    [ProvesRace("BackOffice_ProposeTransferLimits")]
    public async Task Two_members_of_staff_give_a_customer_limits_of_his_own()
    {
        var (arta, besa) = (await scene.CustomerAsync(trusted: false), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("9000.00"), await besa.OpenAccountAsync("0.00"));
        using var ilir = await scene.Bank.StaffAsync("ilir", "ledger");
        var mira = await scene.Bank.TokenAsync(new() { ["staff"] = "mira", ["roles"] = "ledger branch" });
        var path = $"backoffice/v1/customers/{arta.Number}/transfer-limits";

        var proposed = await RaceHarness.SameKeyAsync(
            RaceCall.Post(ilir, $"api/{path}", """{"scope":"inside","perTransfer":2000,"perDay":2500,"perMonth":5000,"reason":"Kërkesë e klientit"}"""),
            async () => (await scene.Bank.CallAsync("GET", "backoffice/v1/changes?limit=100", token: mira)).Json["items"]!.AsArray()
                .Count(change => ((string)change!["resource"]!).Contains(arta.Number, StringComparison.Ordinal)));
        Assert.Equal("422 transfer_limit_exceeded transfer 400.00 ALL", Told(await arta.QuoteInsideAsync(from, to.Iban, "1999.00")));
        var decided = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/changes/{proposed.Json["id"]}/decision", """{"decision":"approve","reason":"E shqyrtuar"}""", mira, TransferBank.WithKey());
        Assert.True(decided.Status == 200, decided.ToString());

        await arta.SendInsideAsync(from, to.Iban, "1999.00");
        Assert.Equal("422 transfer_limit_exceeded day 501.00 ALL", Told(await arta.QuoteInsideAsync(from, to.Iban, "502.00")));
        Assert.Equal(
            "400 invalid_input\n/scope pattern_mismatch",
            (await scene.Bank.CallAsync("POST", path, """{"scope":"all","reason":"x"}""", await scene.TellerAsync(), TransferBank.WithKey())).ToString());
    }

    private static string Told(Answer refused) => $"{refused} {refused.Json["limit"]} {Sender.Amount(refused.Json["remaining"])}";

    public sealed class Limited : TransferBank
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            foreach (var (name, value) in new[] { ("inside:PerTransfer", "600"), ("inside:PerDay", "1000"), ("inside:PerMonth", "1500"), ("inside:PerHour", "5"), ("inside-untrusted:PerTransfer", "400"), ("inside-untrusted:PerDay", "1000"), ("inside-untrusted:PerMonth", "1500") })
                settings[$"Transfers:Limits:{name}"] = value;
        }
    }
}
