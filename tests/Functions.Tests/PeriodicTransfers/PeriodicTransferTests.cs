using System.Text.Json.Nodes;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PeriodicTransfers;

/// <summary>Registering, reading, changing and cancelling; today is 1 March 2027, a Monday, 11:00 in Tirana.</summary>
public sealed class PeriodicTransferTests(FriendsBank scene) : IClassFixture<FriendsBank>
{
    [Fact, Requirement("TRF-28"), Requirement("TRF-30")]
    public async Task Between_own_accounts_it_is_checked_accepted_and_registered_once()
    {
        var (arta, savings) = await ArtaAsync();

        var quote = await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, """ "frequency":"monthly","startDate":"2027-03-31","count":12 """));
        Assert.Equal("own 2027-03-31 1", $"{quote.Json["type"]} {quote.Json["firstDate"]} {quote.Json["termsVersion"]}");
        Assert.Equal("Llogaria", (string)quote.Json["beneficiary"]!["name"]!);
        Assert.Equal("422 periodic_terms_not_accepted", (await arta.ConfirmPeriodicAsync(quote, accept: false)).ToString());
        Assert.Empty((await arta.GetAsync("transfers/periodic")).Json["items"]!.AsArray());

        var created = await arta.ConfirmPeriodicAsync(quote, key: "key-1");
        Assert.Equal(201, created.Status);
        Assert.Equal(created.Text, (await arta.ConfirmPeriodicAsync(quote, key: "key-1")).Text);
        Assert.Equal(created.Text, (await arta.ConfirmPeriodicAsync(quote)).Text);
        Assert.Equal("422 idempotency_key_reused", (await arta.ConfirmPeriodicAsync(quote, accept: false, key: "key-1")).ToString());
        Assert.Equal("active, next 2027-03-31, remaining 12, last none", StandingOrders.See(created.Json));

        var listed = Assert.Single((await arta.GetAsync("transfers/periodic")).Json["items"]!.AsArray())!;
        Assert.Equal(created.Text, listed.ToJsonString());
        Assert.Equal(
            $"own {arta.Account} {savings} 100.00 ALL monthly 2027-03-31",
            $"{listed["type"]} {listed["fromAccountId"]} {listed["toAccountId"]} {Friend.Amount(listed["amount"])} {listed["frequency"]} {listed["startDate"]}");
        Assert.Empty((await arta.GetAsync("transfers/periodic?state=cancelled")).Json["items"]!.AsArray());
    }

    [Theory, Requirement("TRF-28"), Requirement("TRF-41")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-02-28","count":1 """, "400 invalid_input\n/startDate start_date_in_past")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-03-10","endDate":"2027-03-09" """, "400 invalid_input\n/endDate end_date_before_start")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-03-10","count":0 """, "400 invalid_input\n/count count_below_one")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-03-10" """, "400 invalid_input\n/endDate duration_not_one")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-03-10","count":1,"endDate":"2027-03-10" """, "400 invalid_input\n/endDate duration_not_one")]
    [InlineData(""" "frequency":"daily","startDate":"2027-03-10","count":1 """, "400 invalid_input\n/frequency unknown_code")]
    [InlineData(""" "frequency":"monthly","startDate":"2027-02-30","count":1 """, "400 invalid_input\n/startDate malformed_date")]
    [InlineData(
        """ "frequency":"monthly","startDate":"2027-02-01","count":0,"details":"a*b" """,
        "400 invalid_input\n/startDate start_date_in_past\n/count count_below_one\n/details description_character_not_allowed")]
    public async Task A_schedule_that_cannot_be_is_refused_with_all_its_faults(string schedule, string expected)
    {
        var (arta, savings) = await ArtaAsync();

        Assert.Equal(expected, (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, schedule))).ToString());
    }

    [Fact, Requirement("TRF-28")]
    public async Task Accounts_and_amounts_that_do_not_fit_are_refused()
    {
        var (arta, savings) = await ArtaAsync();
        var drita = await scene.FriendAsync("Drita Kola");
        var euros = await scene.OpenAccountAsync(arta.Number, "0.00", "EUR");
        const string Schedule = """ "frequency":"weekly","startDate":"2027-03-10","count":1 """;

        Assert.Equal("422 currencies_differ", (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, euros, Schedule))).ToString());
        Assert.Equal("404 account_not_found", (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, drita.Account, Schedule))).ToString());
        Assert.Equal("404 account_not_found", (await drita.QuotePeriodicAsync(StandingOrders.Own(arta, savings, Schedule))).ToString());
        Assert.Equal("400 invalid_input\n/toAccountId same_account", (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, arta.Account, Schedule))).ToString());
        Assert.Equal(
            "400 invalid_input\n/amount/amount amount_not_positive", (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, Schedule, "0.00"))).ToString());
        Assert.Equal(
            "400 invalid_input\n/amount/amount amount_decimals", (await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, Schedule, "1.5"))).ToString());
        var neither = StandingOrders.Own(arta, savings, Schedule);
        neither.Remove("toAccountId");
        Assert.Equal("400 invalid_input\n/toAccountId periodic_payee_not_one", (await arta.QuotePeriodicAsync(neither)).ToString());
        var inEuros = StandingOrders.Own(arta, savings, Schedule);
        inEuros["amount"] = Friend.Money("1.00", "EUR");
        Assert.Equal("400 invalid_input\n/amount/currency amount_not_in_account_currency", (await arta.QuotePeriodicAsync(inEuros)).ToString());
    }

    [Fact, Requirement("TRF-29"), Requirement("TRF-30")]
    public async Task To_another_customer_it_names_the_payee_and_what_it_is_for()
    {
        var (arta, _) = await ArtaAsync();
        var drita = await scene.FriendAsync("Drita Kola");
        var iban = (string)(await drita.GetAsync($"accounts/{drita.Account}")).Json["iban"]!;
        const string Schedule = """ "frequency":"quarterly","startDate":"2027-03-01","endDate":"2028-03-01" """;

        var id = await arta.OrderAsync(StandingOrders.Inside(arta, iban, Schedule));
        var seen = (await arta.GetAsync($"transfers/periodic/{id}")).Json;
        Assert.Equal("inside Qira quarterly 2028-03-01", $"{seen["type"]} {seen["details"]} {seen["frequency"]} {seen["endDate"]}");
        Assert.Null(seen["toAccountId"]);
        Assert.DoesNotContain(drita.Account.ToString(), seen.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(drita.Number, seen.ToJsonString(), StringComparison.Ordinal);

        var silent = StandingOrders.Inside(arta, iban, Schedule);
        silent.Remove("details");
        Assert.Equal("400 invalid_input\n/details periodic_details_missing", (await arta.QuotePeriodicAsync(silent)).ToString());
        Assert.Equal("422 not_this_bank", (await arta.QuotePeriodicAsync(StandingOrders.Inside(arta, "GB82WEST12345698765432", Schedule))).ToString());
        var unknown = StandingOrders.Inside(arta, iban, Schedule);
        unknown["beneficiary"] = new JsonObject { ["beneficiaryId"] = Guid.NewGuid().ToString() };
        Assert.Equal("404 beneficiary_not_found", (await arta.QuotePeriodicAsync(unknown)).ToString());
        unknown["beneficiary"] = new JsonObject();
        Assert.Equal("400 invalid_input\n/beneficiary periodic_payee_not_one", (await arta.QuotePeriodicAsync(unknown)).ToString());
        Assert.Equal("404 periodic_transfer_not_found", (await drita.GetAsync($"transfers/periodic/{id}")).ToString());
    }

    [Fact, Requirement("TRF-31")]
    public async Task An_active_one_changes_under_the_rules_of_creation()
    {
        var (arta, savings) = await ArtaAsync();
        var other = await scene.OpenAccountAsync(arta.Number, "0.00");
        var drita = await scene.FriendAsync("Drita Kola");
        var id = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"monthly","startDate":"2027-03-31","count":12 """));
        Task<string> ChangeAsync(string json) => PatchAsync(arta, id, json);

        Assert.Equal("active, next 2027-03-10, remaining 12, last none", await ChangeAsync("""{"frequency":"weekly","startDate":"2027-03-10"}"""));
        Assert.Equal("active, next 2027-03-10, remaining -, last none", await ChangeAsync("""{"endDate":"2027-05-01"}"""));
        Assert.Equal("active, next 2027-03-10, remaining 3, last none", await ChangeAsync("""{"count":3}"""));
        Assert.Equal("active, next 2027-03-10, remaining 3, last none", await ChangeAsync(
            $$"""{"fromAccountId":"{{savings}}","toAccountId":"{{other}}","amount":{"amount":"7.00","currency":"ALL"},"details":"Kursim"}"""));
        var seen = (await arta.GetAsync($"transfers/periodic/{id}")).Json;
        Assert.Equal($"{savings} {other} 7.00 ALL Kursim", $"{seen["fromAccountId"]} {seen["toAccountId"]} {Friend.Amount(seen["amount"])} {seen["details"]}");

        Assert.Equal("400 invalid_input\n/startDate start_date_in_past", await ChangeAsync("""{"startDate":"2027-02-01"}"""));
        Assert.Equal("400 invalid_input\n/endDate end_date_before_start", await ChangeAsync("""{"endDate":"2027-03-09"}"""));
        Assert.Equal("400 invalid_input\n/endDate duration_not_one", await ChangeAsync("""{"count":null}"""));
        Assert.Equal("400 invalid_input\n/count count_below_one", await ChangeAsync("""{"count":0}"""));
        Assert.Equal("404 account_not_found", await ChangeAsync($$"""{"toAccountId":"{{drita.Account}}"}"""));
        Assert.Equal("404 periodic_transfer_not_found", await PatchAsync(drita, id, """{"count":4}"""));
        Assert.Equal("active, next 2027-03-10, remaining 3, last none", await arta.SeePeriodicAsync(id));

        var inside = await arta.OrderAsync(StandingOrders.Inside(
            arta, (string)(await drita.GetAsync($"accounts/{drita.Account}")).Json["iban"]!, """ "frequency":"weekly","startDate":"2027-03-10","count":2 """));
        Assert.Equal("400 invalid_input\n/toAccountId periodic_payee_not_one", await PatchAsync(arta, inside, $$"""{"toAccountId":"{{savings}}"}"""));
        Assert.Equal("400 invalid_input\n/details periodic_details_missing", await PatchAsync(arta, inside, """{"details":null}"""));
    }

    [Fact, Requirement("TRF-32"), Requirement("TRF-31"), Requirement("TRF-30")]
    public async Task A_cancelled_one_stays_in_the_list_and_changes_no_more()
    {
        var (arta, savings) = await ArtaAsync();
        var drita = await scene.FriendAsync("Drita Kola");
        var id = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"yearly","startDate":"2027-03-31","count":2 """));

        Assert.Equal("404 periodic_transfer_not_found", (await drita.PostAsync($"transfers/periodic/{id}/cancellation")).ToString());
        var first = await arta.PostAsync($"transfers/periodic/{id}/cancellation");
        Assert.Equal("cancelled, next none, remaining 2, last none", StandingOrders.See(first.Json));
        Assert.Equal(first.Text, (await arta.PostAsync($"transfers/periodic/{id}/cancellation")).Text);

        Assert.Equal("409 periodic_transfer_ended", await PatchAsync(arta, id, """{"count":3}"""));
        Assert.Equal(id, (string)Assert.Single((await arta.GetAsync("transfers/periodic?state=cancelled")).Json["items"]!.AsArray())!["id"]!);
    }

    private static async Task<string> PatchAsync(Friend friend, string id, string json)
    {
        var answer = await friend.CallAsync("PATCH", $"transfers/periodic/{id}", json);
        return answer.Status == 200 ? StandingOrders.See(answer.Json) : answer.ToString();
    }

    private async Task<(Friend Arta, Guid Savings)> ArtaAsync()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        return (arta, await scene.OpenAccountAsync(arta.Number, "0.00"));
    }
}
