using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Statements that come by themselves.</summary>
public sealed class SubscriptionTests(AccountBank scene) : IClassFixture<AccountBank>
{
    [Fact, Requirement("ACC-15"), Requirement("ACC-17")]
    public async Task Statements_are_begun_changed_and_stopped()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer);
        var path = $"v1/accounts/{id}/statement-subscription";
        JsonObject Choice(string email, string frequency, int day) => new() { ["email"] = email, ["frequency"] = frequency, ["day"] = day };

        Assert.Equal("404 statement_subscription_not_found", (await customer.GetAsync(path)).ToString());
        Assert.Equal("404 statement_subscription_not_found", (await customer.SendAsync("DELETE", path)).ToString());
        Assert.Equal(
            "400 invalid_input\n/email email_invalid\n/frequency frequency_required\n/day day_out_of_range",
            (await customer.SendAsync("PUT", path, new() { ["email"] = "nobody", ["day"] = 0 })).ToString());

        var begun = await customer.SendAsync("PUT", path, Choice("ela@example.com", "yearly", 29));
        Assert.Equal(
            $$"""200 {"accountId":"{{id}}","enabled":true,"email":"ela@example.com","frequency":"yearly","day":29,"nextDate":"2028-02-29"}""", begun.ToString());
        var changed = await customer.SendAsync("PUT", path, Choice("other@example.com", "half_yearly", 5));
        Assert.Equal(
            $$"""200 {"accountId":"{{id}}","enabled":true,"email":"other@example.com","frequency":"half_yearly","day":5,"nextDate":"2027-08-05"}""", changed.ToString());
        var stopped = await customer.SendAsync("DELETE", path);
        Assert.Equal(
            $$"""200 {"accountId":"{{id}}","enabled":false,"email":"other@example.com","frequency":"half_yearly","day":5,"nextDate":null}""", stopped.ToString());
        Assert.Equal(stopped.Text, (await customer.SendAsync("DELETE", path)).Text);
        Assert.Equal(stopped.Text, (await customer.GetAsync(path)).Text);

        foreach (var (method, body) in ((string, JsonObject?)[])[("GET", null), ("PUT", Choice("x@example.com", "monthly", 1)), ("DELETE", null)])
            Assert.Equal("404 account_not_found", (await stranger.SendAsync(method, path, body)).ToString());
    }

    [Fact, ProvesRace("Accounts_SaveStatementSubscription"), ProvesRace("Accounts_StopStatementSubscription"), Requirement("ACC-17")]
    public async Task Choices_sent_at_the_same_moment_leave_one_of_them_whole()
    {
        var customer = await scene.NewCustomerAsync();
        var id = await scene.OpenAsync(customer);
        using var client = await scene.Bank.CustomerAsync(customer.Number);
        var path = $"api/v1/accounts/{id}/statement-subscription";

        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(1, 6).Select(day => new RaceCall(client, HttpMethod.Put, path, $$"""{"email":"m{{day}}@example.com","frequency":"monthly","day":{{day}}}"""))],
            () => client.GetStringAsync(path), "409 account_busy");
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, path), async () => (await client.GetStringAsync(path)).Contains("\"enabled\":false", StringComparison.Ordinal) ? 1 : 0);
    }
}

/// <summary>The timer, on a bank of its own because its clock runs.</summary>
public sealed class PeriodicStatementTests(AccountBank scene) : IClassFixture<AccountBank>
{
    [Fact, Requirement("ACC-16"), Requirement("ACC-18"), Requirement("ACC-15")]
    public async Task A_statement_is_sent_on_its_day_once_covers_what_no_other_covered_and_is_not_lost_when_the_gateway_fails()
    {
        var customer = await scene.NewCustomerAsync(email: "own@example.com", language: "sq");
        var quote = await customer.SendAsync("POST", "v1/accounts/openings/current/quotes", new()
        {
            ["currency"] = "ALL",
            ["name"] = "Kryesore",
            ["sendStatementByEmail"] = true,
            ["email"] = "ela@example.com",
            ["frequency"] = "monthly",
            ["day"] = 31,
        });
        var opened = await customer.SendAsync(
            "POST", "v1/accounts/openings", new() { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = "2026-01" }, "k1");
        var id = (string)opened.Json["accountId"]!;
        await scene.DepositAsync(id, "100.00");

        // February has no 31st: its last day it is. The gateway refuses that day's messages.
        Assert.Equal("2027-02-28", await NextAsync(customer, id));
        await KnobAsync("""{"refuseWith":"address_unknown"}""");
        await scene.Bank.AdvanceAsync(TimeSpan.FromDays(3));
        await scene.Bank.WhenIdleAsync();
        customer = await scene.SignInAsync(customer.Number);
        Assert.Equal("2027-03-31", await NextAsync(customer, id));
        Assert.Empty(await scene.InboxAsync(customer, "email"));

        // The next morning it is sent anew, and then not again, however often the timer runs.
        await scene.RenewAsync();
        await KnobAsync("{}");
        await scene.DepositAsync(id, "7.00");
        await scene.Bank.AdvanceAsync(TimeSpan.FromDays(1));
        await scene.Bank.Host.FireTimerAsync("Accounts_SendStatements");
        await scene.Bank.Host.FireTimerAsync("Accounts_SendStatements");
        await scene.Bank.WhenIdleAsync();

        var mail = (await scene.InboxAsync(customer, "email")).Single()!;
        var text = await TextAsync(mail);
        Assert.Equal(("ela@example.com", "Nxjerrje llogarie 25.02.2027 - 27.02.2027"), ((string)mail["to"]!, (string)mail["title"]!));
        Assert.Contains("25.02.2027 – 27.02.2027", text, StringComparison.Ordinal);
        Assert.Contains("Gjendja në fund\n100.00 ALL\n", text, StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(JsonNode mail) =>
        PdfText.Of(await scene.Bank.Sandbox.GetByteArrayAsync(((string)mail["attachments"]![0]!["url"]!)[1..]));

    private static async Task<string> NextAsync(BankCustomer customer, string id) =>
        (string)(await customer.GetAsync($"v1/accounts/{id}/statement-subscription")).Json["nextDate"]!;

    private async Task KnobAsync(string json)
    {
        using var answer = await scene.Bank.Sandbox.PutAsync("knobs/email", HttpBank.Json(json));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
