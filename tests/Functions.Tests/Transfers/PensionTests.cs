using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

/// <summary>The funds are the sandbox's: sandbox/Data/pensions.json.</summary>
public sealed class PensionTests(PensionTests.Funds scene) : IClassFixture<PensionTests.Funds>
{
    private const string Fund = "PF-2019-000123";

    [Fact, Requirement("TRF-25"), Requirement("TRF-42")]
    public async Task A_contribution_is_paid_the_manager_told_and_the_details_sent_by_email()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("5000.00");

        var quote = await QuoteAsync(arta, from, "1000.00", "contractNumber", Fund);
        Assert.Equal("pension A**** H****, Raja Pension PF-2019-000123", $"{quote.Json["kind"]} {quote.Json["beneficiary"]!["name"]} {quote.Json["beneficiary"]!["account"]}");
        Assert.Equal("A**** H****, Raja Pension", (string?)(await QuoteAsync(arta, from, "1.00", "personalNumber", "i05101999q")).Json["beneficiary"]!["name"]);
        var paid = await arta.PostAsync("v1/transfers/pension", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["emailDetails"] = true });

        Assert.Equal("201 settled", $"{paid.Status} {paid.Json["state"]}");
        Assert.Equal("4000.00 ALL", await arta.BalanceAsync(from));
        Assert.Equal("1000.00 ALL once", await ContributionOnceAsync(paid));
        var mail = await MessageAsync(arta.Number, "email");
        Assert.Equal("Pension contribution of 1000.00 ALL", (string?)mail["title"]);
    }

    [Fact, Requirement("TRF-25")]
    public async Task A_fund_that_cannot_be_paid_is_refused_with_its_own_error()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("5000.00");

        Assert.Equal("404 pension_fund_not_found", (await QuoteAsync(arta, from, "1.00", "contractNumber", "PF-0000-000000")).ToString());
        Assert.Equal("422 several_pension_funds", (await QuoteAsync(arta, from, "1.00", "personalNumber", "J61205088M")).ToString());
        Assert.Equal("400 invalid_input\n/personalNumber lookup_key_malformed", (await QuoteAsync(arta, from, "1.00", "personalNumber", "12345678")).ToString());
        Assert.Equal("400 invalid_input\n/contractNumber lookup_key_malformed", (await QuoteAsync(arta, from, "1.00", "contractNumber", "PF/1")).ToString());
        Assert.Equal("400 invalid_input\n lookup_key_not_one", (await QuoteAsync(arta, from, "1.00", "contractNumber", null)).ToString());
        Assert.Equal("422 insufficient_funds", (await QuoteAsync(arta, from, "5000.01", "contractNumber", Fund)).ToString());
    }

    [Fact, Requirement("TRF-25")]
    public async Task What_a_manager_refuses_is_given_back()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("5000.00");

        // A closed fund is found and takes nothing.
        var paid = await ConfirmAsync(arta, await QuoteAsync(arta, from, "1000.00", "contractNumber", "PF-2015-000001"));
        var returned = await arta.GetOnceAsync($"v1/transfers/{paid.Json["id"]}", answer => (string?)answer.Json["state"] == "returned");

        Assert.Equal("accepted,settled,returned", string.Join(',', returned.Json["timeline"]!.AsArray().Select(step => step!["state"])));
        Assert.Equal("5000.00 ALL", await arta.BalanceAsync(from));
        Assert.Equal(["1000.00 ALL pension_contribution_reversal", "-1000.00 ALL pension_contribution", "5000.00 ALL cash_deposit"], await arta.EntriesAsync(from));
        Assert.Equal("Pension contribution returned", (string?)(await MessageAsync(arta.Number, "push"))["title"]);
    }

    [Fact, Requirement("TRF-25")]
    [ProvesRace("Transfers_ConfirmPension")]
    public async Task While_the_managers_are_away_nobody_is_found_and_a_paid_contribution_waits_for_them()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("5000.00");
        var quote = await QuoteAsync(arta, from, "1000.00", "contractNumber", Fund);
        var body = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString();
        using var client = await scene.Bank.CustomerAsync(arta.Number);
        var sandbox = TestSandbox.Of(scene.Bank);
        await sandbox.TurnAsync("pensions", """{"errorRate":1}""");
        RaceAnswer paid;
        try
        {
            Assert.Equal("503 pension_manager_unavailable", (await QuoteAsync(arta, from, "1.00", "contractNumber", Fund)).ToString());
            paid = await RaceHarness.SameKeyAsync(
                RaceCall.Post(client, "api/v1/transfers/pension", body), async () => (await arta.EntriesAsync(from)).Length - 1);
        }
        finally
        {
            await sandbox.MakeWellAsync("pensions");
        }

        // The sweeper's timer, minutes later.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("1000.00 ALL once", await ContributionOnceAsync(new Answer(201, null, paid.Text, null!)));
    }

    private static Task<Answer> QuoteAsync(Sender sender, OpenedAccount from, string amount, string by, string? value)
    {
        var body = new JsonObject { ["fromAccountId"] = from.Id, ["amount"] = Sender.Money(amount, from.Currency) };
        if (value is not null)
            body[by] = value;
        return sender.PostAsync("v1/transfers/pension/quotes", body);
    }

    private static async Task<Answer> ConfirmAsync(Sender sender, Answer quote)
    {
        var paid = await sender.PostAsync("v1/transfers/pension", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! });
        Assert.True(paid.Status == 201, paid.ToString());
        return paid;
    }

    /// <summary>What the managers took, once they have.</summary>
    private async Task<string> ContributionOnceAsync(Answer paid)
    {
        var id = Guid.Parse((string)paid.Json["id"]!).ToString("N");
        var told = "";
        await Eventually.IsTrueAsync(async () =>
        {
            var all = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync("managers/pensions/contributions"))!["contributions"]!.AsArray();
            var mine = all.Where(one => (string?)one!["contributionId"] == id).ToList();
            told = string.Join(';', mine.Select(one => $"{Sender.Amount(one!["amount"])} once"));
            return mine.Count > 0;
        });
        return told;
    }

    private async Task<JsonNode> MessageAsync(string customer, string channel)
    {
        JsonNode? message = null;
        await Eventually.IsTrueAsync(async () =>
        {
            var inbox = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"inbox/messages?customer={customer}&channel={channel}"))!;
            return (message = inbox["messages"]!.AsArray().FirstOrDefault()) is not null;
        });
        return message!;
    }

    public sealed class Funds : TransferBank
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            settings["Partners:Pensions:Retries"] = "0";
            settings["Partners:Pensions:BreakDuration"] = "00:00:00.500";
        }
    }
}
