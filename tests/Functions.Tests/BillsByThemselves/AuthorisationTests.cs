using System.Net;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BillsByThemselves;

public sealed class AuthorisationTests
{
    private const string Code = "TR0.A0000000000000";

    [Fact, Requirement("BILL-11")]
    public async Task The_subscriber_is_checked_with_the_institution()
    {
        await using var home = await Household.OpenAsync();

        var (status, subscriber) = await CheckAsync(home, "oshee", Code);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Test Test", subscriber!["name"]!.GetValue<string>());

        await RefusedAsync(CheckAsync(home, "nobody", Code), 400, "institution_not_available");
        await RefusedAsync(CheckAsync(home, "traffic-police", "AA123BB"), 400, "institution_not_available");
        await RefusedAsync(CheckAsync(home, "oshee", "TR0.A000"), 400, "client_code_format");
        await RefusedAsync(CheckAsync(home, "oshee", "ZZ9.Z9999999999999"), 422, "client_code_unknown");
    }

    [Fact, Requirement("BILL-12"), Requirement("BILL-14")]
    public async Task A_new_authorisation_gets_a_number_and_shows_its_details()
    {
        await using var home = await Household.OpenAsync("2027-01-10T12:00:00Z");

        var created = await home.AuthoriseAsync(
            Code, """ "paymentType":"automatic","paymentDay":15,"maximum":{"amount":"5000.00","currency":"ALL"},"endDate":"2027-12-31","emailNotice":true """);
        var details = await home.GetAsync($"bills/authorisations/{created["id"]}");

        Assert.Matches("^AU-[0-9A-HJKMNP-TV-Z]{12}$", details["number"]!.GetValue<string>());
        Assert.Equal(
            $$$"""
            {"company":"oshee","subscriberNumber":"{{{Code}}}","paymentType":"automatic","state":"active","maximum":{"amount":"5000.00","currency":"ALL"},"accountId":"{{{home.AccountId}}}","paymentDay":15,"startDate":"2027-01-10","endDate":"2027-12-31","emailNotice":true,"nextDate":"2027-01-15"}
            """,
            Without(details, "id", "number"));
        await RefusedAsync(home.SendAsync("GET", $"bills/authorisations/{Guid.NewGuid()}", null), 404, "authorisation_not_found");
        var stranger = await home.Bank.CustomerAsync("100000002");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"api/v1/bills/authorisations/{created["id"]}")).StatusCode);
    }

    [Theory, Requirement("BILL-12")]
    [InlineData(""" "paymentType":"automatic" """, "payment_day_required")]
    [InlineData(""" "paymentType":"automatic","paymentDay":0 """, "number_out_of_range")]
    [InlineData(""" "paymentType":"automatic","paymentDay":32 """, "number_out_of_range")]
    [InlineData(""" "paymentType":"automatic","paymentDay":5,"maximum":{"amount":"0.00","currency":"ALL"} """, "amount_not_positive")]
    [InlineData(""" "paymentType":"automatic","paymentDay":5,"maximum":{"amount":"10.00","currency":"EUR"} """, "maximum_currency")]
    [InlineData(""" "paymentType":"automatic","paymentDay":5,"endDate":"2027-01-10" """, "end_date_not_in_future")]
    [InlineData(""" "paymentType":"sometimes","paymentDay":5 """, "unknown_code")]
    public async Task Terms_that_break_a_rule_are_refused(string terms, string code)
    {
        await using var home = await Household.OpenAsync("2027-01-10T12:00:00Z");

        var (status, problem) = await home.SendAsync(
            "POST", "bills/authorisations", $$"""{"company":"oshee","subscriberNumber":"{{Code}}","accountId":"{{home.AccountId}}",{{terms}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(code, problem!["errors"]!.AsArray().Select(fault => fault!["code"]!.GetValue<string>()));
    }

    [Fact, Requirement("BILL-12")]
    public async Task One_subscriber_has_one_active_authorisation_and_a_repeat_is_the_same_one()
    {
        await using var home = await Household.OpenAsync();
        var body = $$"""{"company":"oshee","subscriberNumber":"{{Code}}","accountId":"{{home.AccountId}}","paymentType":"manual"}""";

        var (_, first) = await home.SendAsync("POST", "bills/authorisations", body, "key-1");
        var (status, again) = await home.SendAsync("POST", "bills/authorisations", body, "key-1");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(first!.ToJsonString(), again!.ToJsonString());

        await RefusedAsync(home.SendAsync("POST", "bills/authorisations", body, "key-2"), 409, "authorisation_exists");
        await RefusedAsync(
            home.SendAsync("POST", "bills/authorisations", body.Replace("manual", "automatic", StringComparison.Ordinal), "key-1"), 422, "idempotency_key_reused");
    }

    [Fact, Requirement("BILL-12")]
    public async Task Eight_at_once_make_one_authorisation()
    {
        await using var home = await Household.OpenAsync();
        var body = $$"""{"company":"oshee","subscriberNumber":"{{Code}}","accountId":"{{home.AccountId}}","paymentType":"manual"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => home.SendAsync("POST", "bills/authorisations", body, $"key-{i % 4}")));

        Assert.Single(answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Body!["id"]!.GetValue<string>()).Distinct());
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Single((await home.GetAsync("bills/authorisations"))["items"]!.AsArray());
    }

    [Fact, Requirement("BILL-13"), Requirement("BILL-16")]
    public async Task A_cancelled_authorisation_stays_in_the_list_and_pays_nothing()
    {
        await using var home = await Household.OpenAsync("2027-01-14T12:00:00Z");
        var active = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);

        var (status, cancelled) = await home.SendAsync("POST", $"bills/authorisations/{active["id"]}/cancellation", null);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("cancelled", cancelled!["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await home.SendAsync("POST", $"bills/authorisations/{active["id"]}/cancellation", null)).Status);
        var second = await home.AuthoriseAsync(Code, """ "paymentType":"manual" """);

        Assert.Equal(2, (await home.GetAsync("bills/authorisations"))["items"]!.AsArray().Count);
        Assert.Equal([active["number"]!.GetValue<string>()], Numbers(await home.GetAsync("bills/authorisations?state=cancelled")));
        Assert.Equal([second["number"]!.GetValue<string>()], Numbers(await home.GetAsync("bills/authorisations?state=active")));
        await home.IssueAsync(Code, "C-1", "100.00");
        await home.PassTimeUntilAsync("2027-01-15T12:00:00Z");
        Assert.Empty(await home.BookedAsync());
    }

    [Fact, Requirement("BILL-15")]
    public async Task An_active_authorisation_can_be_changed_but_not_its_subscriber()
    {
        await using var home = await Household.OpenAsync("2027-01-10T12:00:00Z");
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15,"endDate":"2027-12-31" """);
        var path = $"bills/authorisations/{it["id"]}";

        var (status, changed) = await home.SendAsync(
            "PATCH", path, """{"paymentDay":20,"endDate":null,"maximum":{"amount":"900.00","currency":"ALL"},"emailNotice":true}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"paymentType":"automatic","state":"active","maximum":{"amount":"900.00","currency":"ALL"},"paymentDay":20,"startDate":"2027-01-10","endDate":null,"emailNotice":true,"nextDate":"2027-01-20"}""",
            Without(changed!, "id", "number", "company", "subscriberNumber", "accountId"));
        await RefusedAsync(home.SendAsync("PATCH", path, """{"subscriberNumber":"TR0.A0000000000001"}"""), 400, "invalid_input");
        await RefusedAsync(home.SendAsync("PATCH", path, """{"paymentDay":null}"""), 400, "invalid_input");
        await RefusedAsync(home.SendAsync("PATCH", path, $$"""{"accountId":"{{Guid.NewGuid()}}"}"""), 404, "account_not_found");
        await RefusedAsync(home.SendAsync("PATCH", $"bills/authorisations/{Guid.NewGuid()}", """{"emailNotice":true}"""), 404, "authorisation_not_found");
        await home.SendAsync("POST", $"{path}/cancellation", null);
        await RefusedAsync(home.SendAsync("PATCH", path, """{"emailNotice":true}"""), 409, "authorisation_cancelled");
    }

    [Fact, Requirement("BILL-17")]
    public async Task Reopened_it_keeps_its_number_and_does_not_pay_what_fell_due_meanwhile()
    {
        await using var home = await Household.OpenAsync("2027-01-14T12:00:00Z");
        await home.AddSubscriberAsync("TR1.B0000000000001");
        var it = await home.AuthoriseAsync("TR1.B0000000000001", """ "paymentType":"automatic","paymentDay":15,"endDate":"2027-01-15" """);
        var path = $"bills/authorisations/{it["id"]}";
        await home.SendAsync("POST", $"{path}/cancellation", null);
        await home.IssueAsync("TR1.B0000000000001", "R-1", "100.00", issuedOn: "2027-01-14");
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        await RefusedAsync(home.SendAsync("POST", $"{path}/reopening", "{}"), 400, "end_date_not_in_future");
        var (status, reopened) = await home.SendAsync("POST", $"{path}/reopening", """{"endDate":null,"paymentDay":17}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(it["number"]!.GetValue<string>(), reopened!["number"]!.GetValue<string>());
        Assert.Equal("active", reopened["state"]!.GetValue<string>());

        await home.IssueAsync("TR1.B0000000000001", "R-2", "200.00", issuedOn: "2027-01-16");
        await home.PassTimeUntilAsync("2027-01-17T12:00:00Z");
        Assert.Equal(["R-2"], await home.BookedAsync());
        Assert.Equal("9800.00", await home.AvailableAsync());
    }

    [Fact, Requirement("BILL-21"), Requirement("BILL-05")]
    public async Task A_contract_that_an_authorisation_uses_shows_it_and_cannot_be_removed()
    {
        await using var home = await Household.OpenAsync();
        var contract = await home.RegisterAsync(Code);
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"manual" """);

        await RefusedAsync(home.SendAsync("DELETE", $"bills/contracts/{contract}", null), 422, "contract_in_use");
        var listed = (await home.GetAsync("bills/contracts"))["items"]![0]!["contracts"]![0]!;
        Assert.Equal(it["number"]!.GetValue<string>(), listed["authorisation"]!["number"]!.GetValue<string>());

        await home.SendAsync("POST", $"bills/authorisations/{it["id"]}/cancellation", null);
        Assert.Equal(HttpStatusCode.NoContent, (await home.SendAsync("DELETE", $"bills/contracts/{contract}", null)).Status);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> CheckAsync(Household home, string company, string number) =>
        home.SendAsync("POST", "bills/authorisations/checks", $$"""{"company":"{{company}}","subscriberNumber":"{{number}}"}""");

    private static async Task RefusedAsync(Task<(HttpStatusCode Status, JsonNode? Body)> sent, int status, string code)
    {
        var (actual, problem) = await sent;
        Assert.Equal((status, true), ((int)actual, problem!.ToJsonString().Contains($"\"{code}\"", StringComparison.Ordinal)));
    }

    private static string[] Numbers(JsonNode list) => [.. list["items"]!.AsArray().Select(it => it!["number"]!.GetValue<string>())];

    private static string Without(JsonNode node, params string[] names)
    {
        var copy = node.DeepClone().AsObject();
        foreach (var name in names)
            copy.Remove(name);
        return copy.ToJsonString();
    }
}
