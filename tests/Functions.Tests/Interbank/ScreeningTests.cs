using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

public sealed class ScreeningTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Fact, Requirement("TRF-39")]
    public async Task A_name_on_the_list_stops_the_transfer_until_staff_let_it_go()
    {
        var (arta, from, transfer) = await StoppedAsync();
        Assert.Null(await scene.FindMessageAsync(transfer));
        Assert.Equal("accepted 10000.00 4900.00", $"{(await arta.GetAsync($"v1/transfers/{transfer}")).Json["state"]} {await arta.MoneyAsync(from)}");

        var decided = await DecideAsync(transfer, "approve");

        Assert.Equal("200 cleared", $"{decided.Status} {decided.Json["state"]}");
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "settle");
        await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
        Assert.Equal("409 screening_ended", (await DecideAsync(transfer, "reject")).ToString());
        Assert.Equal(["officer-1 screening_approved suspended cleared"], await AuditAsync($"transfer/{transfer}"));
    }

    [Fact, Requirement("TRF-39")]
    public async Task Staff_reject_it_and_the_hold_is_lifted()
    {
        var (arta, from, transfer) = await StoppedAsync();

        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);
        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);

        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
        Assert.Null(await scene.FindMessageAsync(transfer));
        Assert.Equal(["officer-1 screening_rejected suspended rejected"], await AuditAsync($"transfer/{transfer}"));
    }

    [Fact, Requirement("TRF-40"), ProvesRace("BackOffice_CloseInterbankException")]
    public async Task What_was_done_about_an_exception_is_written_down_and_takes_it_from_the_list()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");
        await scene.SendInAsync("Dikush Krejt Tjeter", to.Iban, "70.00");
        System.Text.Json.Nodes.JsonNode? one = null;
        await Eventually.IsTrueAsync(async () => (one = (await scene.BackOfficeAsync("GET", "exceptions")).Json["items"]!.AsArray()
            .SingleOrDefault(listed => (string)listed!["detail"]! == to.Id.ToString())) is not null);
        var path = $"exceptions/{one!["id"]}/done";
        const string Done = """{"reason":"Banka u kontaktua"}""";

        Assert.StartsWith("400 invalid_input", (await scene.BackOfficeAsync("PUT", path, """{"reason":""}""")).ToString(), StringComparison.Ordinal);
        using var officer = scene.Bank.Client(await scene.OfficerAsync());
        await RaceHarness.SameCallAsync(new RaceCall(officer, HttpMethod.Put, $"api/backoffice/v1/interbank/{path}", Done), async () =>
            1 - (await scene.BackOfficeAsync("GET", "exceptions")).Json["items"]!.AsArray().Count(listed => (string)listed!["id"]! == (string)one["id"]!));

        Assert.Equal(204, (await scene.BackOfficeAsync("PUT", path, Done)).Status);
        var colleague = await scene.Bank.TokenAsync(new() { ["staff"] = "officer-2", ["roles"] = "ledger" });
        Assert.Equal("409 interbank_exception_done", (await scene.Bank.CallAsync("PUT", $"backoffice/v1/interbank/{path}", Done, colleague)).ToString());
        Assert.Equal("404 interbank_exception_not_found", (await scene.BackOfficeAsync("PUT", $"exceptions/{Guid.NewGuid()}/done", Done)).ToString());
        Assert.Equal("403 staff_only", (await arta.CallAsync("PUT", $"backoffice/v1/interbank/{path}", Done)).ToString());
        Assert.Equal([$"officer-1 interbank_exception_done {one["kind"]} done"], (await AuditAsync($"interbank-exception/{one["id"]}")).Select(Short));

        string Short(string line) => $"{line[..^" done".Length].Split(' ')[0]} {line.Split(' ')[1]} {one["kind"]} {line.Split(' ')[^1]}";
    }

    [Fact, Requirement("TRF-39")]
    public async Task A_country_on_the_list_stops_it_too_and_only_staff_may_decide()
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "EUR");
        var body = InterbankSender.Abroad(from, "500.00");
        body["beneficiary"]!["country"] = "IR";
        var transfer = (string)(await arta.ConfirmAsync("international", await arta.QuoteAbroadAsync(body))).Json["id"]!;
        await StoppedAsync(transfer);

        Assert.Equal("403 staff_only", (await arta.CallAsync("POST", $"backoffice/v1/interbank/screenings/{transfer}/decision", """{"decision":"approve"}""")).ToString());
        Assert.Equal("404 screening_not_found", (await DecideAsync(Guid.NewGuid().ToString(), "approve")).ToString());
        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);
    }

    /// <summary>Newest first: who, what, before, after.</summary>
    private async Task<string[]> AuditAsync(string resource)
    {
        var auditor = await scene.Bank.TokenAsync(new() { ["staff"] = "auditor", ["roles"] = "audit" });
        var found = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?resource={resource}", token: auditor);
        return [.. found.Json["items"]!.AsArray().Select(one => $"{one!["actor"]} {one["action"]} {one["before"]} {one["after"]}")];
    }

    private Task<Http.Answer> DecideAsync(string transfer, string decision) =>
        scene.BackOfficeAsync("POST", $"screenings/{transfer}/decision", $$"""{"decision":"{{decision}}"}""");

    private async Task<(Sender Arta, OpenedAccount From, string Transfer)> StoppedAsync()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00", beneficiary: InterbankSender.NationalBeneficiary(firstName: "Viktor", lastName: "Sanksioni"));
        await StoppedAsync(transfer);
        return (arta, from, transfer);
    }

    private Task StoppedAsync(string transfer) => Eventually.IsTrueAsync(async () =>
        (await scene.BackOfficeAsync("GET", "screenings")).Json["items"]!.AsArray().Any(stopped => (string)stopped!["transferId"]! == transfer));
}
