using System.Net;
using System.Security.Cryptography;
using System.Text;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BillsByThemselves;

public sealed class NewInvoiceTests
{
    private const string Code = "TR0.A0000000000000";

    [Fact, Requirement("BILL-10")]
    public async Task A_new_invoice_brings_exactly_one_push_after_two_timer_runs()
    {
        await using var home = await Household.OpenAsync();
        await home.RegisterAsync(Code, "Shtepia");
        await home.PollTwiceAsync();
        Assert.Empty(await home.InboxAsync("push"));

        await home.IssueAsync(Code, "000000002", "1200.00", issuedOn: "2027-01-09");
        await home.PollTwiceAsync();

        Assert.Equal(["New invoice from OSHEE: Shtepia: 1200.00 ALL, invoice of 09.01.2027."], await home.InboxAsync("push"));
    }

    [Fact, Requirement("BILL-10"), Requirement("BILL-25"), Requirement("NOTE-14")]
    public async Task Every_customer_who_registered_the_code_gets_a_push_and_a_company_that_fails_delays_nobody()
    {
        await using var home = await Household.OpenAsync();
        await home.SaveContactAsync("100000002");
        await home.AddSubscriberAsync("12345678", "ukt");
        await home.RegisterAsync(Code);
        await home.RegisterAsync(Code, by: await home.Bank.CustomerAsync("100000002"));
        await home.RegisterAsync("12345678", company: "ukt");
        await home.IssueAsync(Code, "000000002", "1200.00");
        await home.IssueAsync("12345678", "U-1", "300.00", company: "ukt");

        await home.KnobAsync("ukt", """{"errorRate":1}""");
        await home.PollTwiceAsync();
        Assert.Single(await home.InboxAsync("push"));
        Assert.Single(await home.InboxAsync("push", "100000002"));

        await home.WellAgainAsync("ukt");
        await home.PassTimeUntilAsync("2027-01-10T13:10:00Z");
        Assert.Equal(2, (await home.InboxAsync("push")).Length);
    }

    [Fact, Requirement("BILL-26")]
    public async Task Switched_off_the_push_does_not_come_later_either()
    {
        await using var home = await Household.OpenAsync();
        await home.RegisterAsync(Code);
        await home.SendAsync("PATCH", "notification-settings", """{"types":[{"typeId":"bill_new","enabled":false}]}""");
        await home.IssueAsync(Code, "000000002", "1200.00");
        await home.PollTwiceAsync();
        Assert.Empty(await home.InboxAsync("push"));

        await home.SendAsync("PATCH", "notification-settings", """{"types":[{"typeId":"bill_new","enabled":true}]}""");
        await home.PollTwiceAsync();
        Assert.Empty(await home.InboxAsync("push"));

        await home.IssueAsync(Code, "000000003", "1300.00");
        await home.PollTwiceAsync();
        Assert.Single(await home.InboxAsync("push"));
    }

    [Fact, Requirement("BILL-21")]
    public async Task A_removed_contract_brings_no_more_pushes()
    {
        await using var home = await Household.OpenAsync();
        var contract = await home.RegisterAsync(Code);
        var (status, _) = await home.SendAsync("DELETE", $"bills/contracts/{contract}", null);
        Assert.Equal(HttpStatusCode.NoContent, status);

        await home.IssueAsync(Code, "000000002", "1200.00");
        await home.PollTwiceAsync();

        Assert.Empty(await home.InboxAsync("push"));
    }

    [Fact, Requirement("BILL-27")]
    public async Task An_invoice_that_the_company_sends_is_announced_once_with_what_polling_finds()
    {
        await using var home = await Household.OpenAsync();
        await home.RegisterAsync(Code);
        await home.KnobAsync("oshee", """{"duplicateAnswers":true}""");

        await home.IssueAsync(Code, "000000002", "1200.00", notify: true);
        await Eventually.IsTrueAsync(async () => (await home.InboxAsync("push")).Length > 0);
        await home.PollTwiceAsync();

        Assert.Single(await home.InboxAsync("push"));
    }

    [Fact, Requirement("BILL-27")]
    public async Task A_webhook_counts_only_with_the_partners_signature_of_these_minutes()
    {
        await using var home = await Household.OpenAsync();
        await home.RegisterAsync(Code);
        const string body = """
            {"type":"invoice.issued","data":{"number":"000000002","clientCode":"TR0.A0000000000000","subscriberName":"Test Test",
            "amount":{"amount":"1200.00","currency":"ALL"},"penalty":{"amount":"0.00","currency":"ALL"},"issuedOn":"2027-01-09","dueOn":null,"status":"unpaid"}}
            """;
        var secret = Secret("oshee");
        var now = home.Bank.Host.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(home, "oshee", "m1", now, Secret("ukt"), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(home, "oshee", "m1", now - 301, secret, body));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(home, "nobody", "m1", now, secret, body));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(home, "oshee", "m2", now, secret, """{"type":"invoice.issued","data":[]}"""));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(home, "oshee", "m3", now, secret, """{"type":"something.new","data":{}}"""));
        await home.Bank.WhenIdleAsync();
        Assert.Empty(await home.InboxAsync("push"));

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(home, "oshee", "m1", now, secret, body));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(home, "oshee", "m1", now, secret, body));
        await home.Bank.WhenIdleAsync();
        Assert.Single(await home.InboxAsync("push"));
    }

    private static string Secret(string company)
    {
        using var sample = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        return sample.RootElement.GetProperty("Values").GetProperty($"Partners__Billers__{company}__WebhookSecret").GetString()!;
    }

    private static async Task<HttpStatusCode> PostAsync(Household home, string partner, string id, long timestamp, string secret, string body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{partner}") { Content = HttpBank.Json(body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{signature}");
        using var answer = await home.Bank.Anonymous.SendAsync(request);
        return answer.StatusCode;
    }
}
