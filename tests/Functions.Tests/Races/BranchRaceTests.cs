using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>What branch staff and customers' settings change, raced with itself.</summary>
public sealed class BranchRaceTests(RaceBank scene) : IClassFixture<RaceBank>
{
    private const string Accounts = "api/backoffice/v1/accounts";

    [Theory, ProvesRace("BackOffice_OpenAccount")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_opening_sent_by_many_opens_one_account(int callers)
    {
        var (teller, customer) = (await scene.Bank.StaffAsync(), scene.NewCustomer());

        await RaceHarness.SameKeyAsync(RaceCall.Post(teller, Accounts, Opening(customer, "ALL")), () => AccountsAsync(customer), callers);
    }

    [Fact, ProvesRace("BackOffice_OpenAccount")]
    public async Task One_key_opens_one_account_and_a_customer_has_one_main_account()
    {
        var teller = await scene.Bank.StaffAsync();
        var (first, second) = (scene.NewCustomer(), scene.NewCustomer());

        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(teller, Accounts, Opening(first, "ALL")), Opening(first, "EUR"), () => AccountsAsync(first), 16);
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(teller, Accounts, Opening(second, "ALL", isMain: true)), 8)], () => AccountsAsync(second), "409 main_account_exists");
    }

    [Theory, ProvesRace("BackOffice_DepositCash")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task Banknotes_are_booked_once(int callers)
    {
        var (teller, account) = (await scene.Bank.StaffAsync(), await scene.OpenAccountAsync());
        var call = RaceCall.Post(teller, $"{Accounts}/{account.Id}/cash-deposits", Deposit("20.00"));

        await RaceHarness.SameKeyAsync(call, async () => await EntriesAsync(account), callers);
        await RaceHarness.SameKeyOtherBodyAsync(call, Deposit("21.00"), async () => await EntriesAsync(account) - 1, callers);
    }

    [Fact, ProvesRace("Customers_SaveContactDetails")]
    public async Task Contact_details_are_one_of_those_sent()
    {
        var (teller, customer) = (await scene.Bank.StaffAsync(), scene.NewCustomer());
        RaceCall Contact(string name) => new(
            teller, HttpMethod.Put, $"api/backoffice/v1/customers/{customer}", $$"""{"name":"{{name}}","language":"sq","email":"{{name}}@example.com"}""");

        var answer = await RaceHarness.SameCallAsync(Contact("drita"), () => Task.FromResult(1));
        Assert.Contains("drita", answer.Text, StringComparison.Ordinal);
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i => (Contact($"drita{i}"), (string?)null))]);
        Assert.All(answers, one => Assert.True(one.IsSuccess, one.ToString()));
    }

    private static string Opening(string customer, string currency, bool isMain = false) =>
        $$"""{"customer":"{{customer}}","currency":"{{currency}}","name":"Llogaria","isMain":{{(isMain ? "true" : "false")}}}""";

    private static string Deposit(string amount) => $$"""{"amount":{"amount":"{{amount}}","currency":"ALL"},"description":"Derdhje"}""";

    private async Task<int> AccountsAsync(string customer)
    {
        var client = await scene.Bank.CustomerAsync(customer);
        return JsonNode.Parse(await client.GetStringAsync("api/v1/accounts"))!["items"]!.AsArray().Count;
    }

    /// <summary>Entries of the account; their sum must be its balance.</summary>
    private async Task<int> EntriesAsync(RacedAccount account)
    {
        var client = await scene.Bank.CustomerAsync(account.Customer);
        var entries = JsonNode.Parse(await client.GetStringAsync($"api/v1/accounts/{account.Id}/entries"))!["items"]!.AsArray();
        var balance = JsonNode.Parse(await client.GetStringAsync($"api/v1/accounts/{account.Id}"))!["balance"]!;
        Assert.Equal(Amount(balance), entries.Sum(entry => Amount(entry!["amount"]!)));
        return entries.Count;

        static decimal Amount(JsonNode amount) => decimal.Parse((string)amount["amount"]!, CultureInfo.InvariantCulture);
    }
}
