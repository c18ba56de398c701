using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Remittances;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

/// <summary>Transfers to other banks, incoming payments, decisions and remittances raced with themselves.</summary>
public sealed class InterbankRaceTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Theory, ProvesRace("Transfers_ConfirmNational"), Requirement("TRF-15"), Requirement("TRF-35")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_national_transfer_sent_by_many_is_one_hold_and_one_message(int callers)
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        using var client = Client(arta);

        var done = await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/v1/transfers/national", await BodyAsync(arta, from, "500.00")), () => HeldAsync(arta, from, 600), callers);

        Assert.Equal(1, (int)(await scene.MessageAsync((string)done.Json["id"]!))["timesSent"]!);
    }

    [Fact, ProvesRace("Transfers_ConfirmNational")]
    public async Task One_key_for_two_national_transfers_sends_one_of_them()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        using var client = Client(arta);

        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, "api/v1/transfers/national", await BodyAsync(arta, from, "500.00")), await BodyAsync(arta, from, "500.00"),
            () => HeldAsync(arta, from, 600), 8);
    }

    [Fact, ProvesRace("Transfers_ConfirmNational"), Requirement("TRF-08")]
    public async Task One_quote_is_confirmed_once_whatever_the_keys()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        using var client = Client(arta);
        var call = RaceCall.Post(client, "api/v1/transfers/national", await BodyAsync(arta, from, "500.00"));

        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(call, 8)], () => HeldAsync(arta, from, 600), "409 transfer_already_confirmed");
    }

    [Fact, ProvesRace("Transfers_ConfirmInternational"), Requirement("TRF-18")]
    public async Task One_international_transfer_sent_by_many_is_one_hold()
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "EUR");
        using var client = Client(arta);
        var quote = await arta.QuoteAbroadAsync(InterbankSender.Abroad(from, "500.00"));
        var body = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString();

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/transfers/international", body), () => HeldAsync(arta, from, 510), 8);
    }

    [Fact, ProvesRace("Webhooks_ReceiveInterbank"), Requirement("TRF-40")]
    public async Task One_incoming_payment_told_by_many_is_credited_once()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");
        using var client = scene.Bank.Host.NewClient();
        var body = new JsonObject
        {
            ["data"] = new JsonObject { ["message"] = IncomingTransferTests.Transfer("RACE-" + arta.Number, to.Iban, "ALL", "5.00") },
        }.ToJsonString();

        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, "api/webhooks/interbank", body) with { Headers = scene.Signed(body) },
            async () => (await arta.EntriesAsync(to)).Length, 8, "409 account_busy");
    }

    [Fact, ProvesRace("Webhooks_ReceiveInterbank"), Requirement("TRF-40")]
    public async Task An_acceptance_told_by_many_posts_the_hold_once()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "500.00");
        await scene.MessageAsync(transfer);
        using var client = scene.Bank.Host.NewClient();
        var body = new JsonObject { ["data"] = new JsonObject { ["message"] = NationalTransferTests.StatusOf(transfer, "ACSC") } }.ToJsonString();

        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, "api/webhooks/interbank", body) with { Headers = scene.Signed(body) },
            async () => (await arta.EntriesAsync(from)).Count(entry => entry == "-500.00 ALL national_transfer"), 8);
    }

    [Fact, ProvesRace("BackOffice_DecideScreening"), Requirement("TRF-39")]
    public async Task A_decision_sent_by_many_is_one()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "500.00", beneficiary: InterbankSender.NationalBeneficiary(firstName: "Viktor", lastName: "Sanksioni"));
        await Eventually.IsTrueAsync(async () => (await scene.BackOfficeAsync("GET", "screenings")).Json["items"]!.AsArray()
            .Any(stopped => (string)stopped!["transferId"]! == transfer));
        using var client = scene.Bank.Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await scene.OfficerAsync());

        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Repeat(
            (RaceCall.Post(client, $"api/backoffice/v1/interbank/screenings/{transfer}/decision", """{"decision":"reject"}"""), (string?)null), 8)]);

        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.ToString()));
        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
    }

    private HttpClient Client(Sender sender) => scene.Bank.Client(sender.Token);

    private static async Task<string> BodyAsync(Sender sender, OpenedAccount from, string amount) =>
        new JsonObject { ["quoteId"] = (string)(await sender.QuoteNationalAsync(from, amount)).Json["quoteId"]! }.ToJsonString();

    /// <summary>How often this much is reserved.</summary>
    private static async Task<int> HeldAsync(Sender sender, OpenedAccount account, int once)
    {
        var found = await sender.GetAsync($"v1/accounts/{account.Id}");
        var held = decimal.Parse((string)found.Json["balance"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture)
            - decimal.Parse((string)found.Json["available"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture);
        return held % once == 0 ? (int)(held / once) : -1;
    }
}

/// <summary>A remittance raced with itself.</summary>
public sealed class RemittanceRaceTests(RemittanceBank scene) : IClassFixture<RemittanceBank>
{
    [Fact, ProvesRace("Remittances_Collect"), Requirement("TRF-27")]
    public async Task One_remittance_collected_by_many_is_credited_once()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00", "EUR");
        var quote = await RemittanceBank.QuoteAsync(arta, await scene.SentAsync("Arta Hoxha", "150.00"), to);
        using var client = scene.Bank.Client(arta.Token);
        var call = RaceCall.Post(
            client, "api/v1/remittances", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = "2026-01" }.ToJsonString());

        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(call, 8)], async () => (await arta.EntriesAsync(to)).Length, "409 remittance_already_paid");
    }
}
