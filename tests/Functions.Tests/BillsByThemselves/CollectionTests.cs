using Serverless.Testing;

namespace Serverless.Functions.Tests.BillsByThemselves;

public sealed class CollectionTests
{
    private const string Code = "TR1.B0000000000001";

    [Fact, Requirement("BILL-18"), Requirement("BILL-20")]
    public async Task On_the_payment_day_each_invoice_is_paid_once_and_an_e_mail_tells_of_it()
    {
        await using var home = await HomeAsync();
        await home.RegisterAsync(Code, "Shtepia");
        await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15,"emailNotice":true """);
        await home.IssueAsync(Code, "A-1", "1707.40");
        await home.IssueAsync(Code, "A-2", "292.60");

        await home.PassTimeUntilAsync("2027-01-15T04:59:00Z");
        Assert.Empty(await home.BookedAsync());
        await home.PassTimeUntilAsync("2027-01-15T05:01:00Z");
        await home.FireAsync("Bills_CollectDue");
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        Assert.Equal(["A-1", "A-2"], (await home.BookedAsync()).Order());
        Assert.Equal("8000.00", await home.AvailableAsync());
        var mails = await home.InboxAsync("email");
        Assert.Equal(2, mails.Length);
        Assert.Contains(mails, mail => mail.StartsWith("Invoice of OSHEE paid: Shtepia: invoice A-1 of 1707.40 ALL was paid on 15.01.2027 from account AL", StringComparison.Ordinal));
        Assert.Equal("automatic", (await home.GetAsync("bills/payments"))["items"]!.AsArray().All(p => p!["authorisationId"] is not null) ? "automatic" : "by hand");
    }

    [Fact, Requirement("BILL-20")]
    public async Task Paid_by_hand_the_e_mail_comes_too()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"manual","emailNotice":true """);
        await home.IssueAsync(Code, "H-1", "100.00");

        await PayByHandAsync(home, "H-1");
        await home.Bank.WhenIdleAsync();

        Assert.Single(await home.InboxAsync("email"));
    }

    [Fact, Requirement("BILL-18")]
    public async Task An_invoice_above_the_maximum_is_left_unpaid_and_told_once()
    {
        await using var home = await HomeAsync();
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15,"maximum":{"amount":"100.00","currency":"ALL"} """);
        await home.IssueAsync(Code, "M-1", "100.00");
        await home.IssueAsync(Code, "M-2", "100.01");

        await home.PassTimeUntilAsync("2027-01-15T12:00:00Z");
        await home.SendAsync("PATCH", $"bills/authorisations/{it["id"]}", """{"paymentDay":16}""");
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        Assert.Equal(["M-1"], await home.BookedAsync());
        var push = Assert.Single(await home.InboxAsync("push"));
        Assert.Contains("invoice M-2 of 100.01 ALL is above your maximum of 100.00 ALL", push, StringComparison.Ordinal);
    }

    [Fact, Requirement("BILL-18")]
    public async Task After_the_end_date_nothing_is_paid()
    {
        await using var home = await HomeAsync();
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":16,"endDate":"2027-01-15" """);
        await home.IssueAsync(Code, "E-1", "100.00");

        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        Assert.Empty(await home.BookedAsync());
        Assert.Equal("cancelled", (await home.GetAsync($"bills/authorisations/{it["id"]}"))["state"]!.GetValue<string>());
    }

    [Fact, Requirement("BILL-18"), Requirement("BILL-24")]
    public async Task By_hand_and_by_the_bank_at_the_same_moment_is_one_payment()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);
        await home.IssueAsync(Code, "R-1", "100.00");
        var quote = await QuoteAsync(home, "R-1");

        var byHand = home.SendAsync("POST", "bills/payments", $$"""{"quoteId":"{{quote}}","accountId":"{{home.AccountId}}"}""");
        await home.PassTimeUntilAsync("2027-01-15T05:01:00Z");
        await byHand;
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        Assert.Equal(["R-1"], await home.BookedAsync());
        Assert.Equal("9900.00", await home.AvailableAsync());
    }

    [Fact, Requirement("BILL-23"), Requirement("BILL-18")]
    public async Task Without_money_it_is_tried_on_the_next_three_days_and_given_up_for_the_month()
    {
        await using var home = await HomeAsync("50.00");
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);
        await home.IssueAsync(Code, "P-1", "100.00");

        await home.PassTimeUntilAsync("2027-01-19T12:00:00Z");
        var pushes = await home.InboxAsync("push");
        Assert.Equal(4, pushes.Length);
        Assert.All(pushes[..3], push => Assert.Contains("not enough money on the account). We will try again tomorrow", push, StringComparison.Ordinal));
        Assert.Contains("Please pay it yourself", pushes[3], StringComparison.Ordinal);

        await home.DepositAsync("200.00");
        await home.PassTimeUntilAsync("2027-01-20T12:00:00Z");
        Assert.Empty(await home.BookedAsync());
        Assert.Equal("2027-02-15", (await home.GetAsync($"bills/authorisations/{it["id"]}"))["nextDate"]!.GetValue<string>());

        await home.SendAsync("PATCH", $"bills/authorisations/{it["id"]}", """{"paymentDay":21}""");
        await home.PassTimeUntilAsync("2027-01-21T12:00:00Z");
        Assert.Equal(["P-1"], await home.BookedAsync());
        Assert.Equal("150.00", await home.AvailableAsync());
    }

    [Fact, Requirement("BILL-23")]
    public async Task Money_that_comes_on_the_second_day_pays_it_then()
    {
        await using var home = await HomeAsync("50.00");
        await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);
        await home.IssueAsync(Code, "P-1", "100.00");

        await home.PassTimeUntilAsync("2027-01-15T12:00:00Z");
        await home.DepositAsync("100.00");
        await home.PassTimeUntilAsync("2027-01-18T12:00:00Z");

        Assert.Equal(["P-1"], await home.BookedAsync());
        Assert.Single(await home.InboxAsync("push"));
    }

    [Fact, Requirement("BILL-22")]
    public async Task Payment_day_31_falls_on_the_last_day_of_february()
    {
        await using var home = await Household.OpenAsync("2027-02-27T12:00:00Z");
        await home.AddSubscriberAsync(Code);
        var it = await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":31 """);
        Assert.Equal("2027-02-28", it["nextDate"]!.GetValue<string>());
        await home.IssueAsync(Code, "F-1", "100.00");

        // A Sunday: a weekend does not move it.
        await home.PassTimeUntilAsync("2027-02-28T05:01:00Z");

        Assert.Equal(["F-1"], await home.BookedAsync());
        Assert.Equal("2027-03-31", (await home.GetAsync($"bills/authorisations/{it["id"]}"))["nextDate"]!.GetValue<string>());
    }

    [Fact, Requirement("BILL-18")]
    public async Task Days_on_which_no_timer_ran_are_caught_up()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);
        await home.IssueAsync(Code, "L-1", "100.00");
        await home.KnobAsync("oshee", """{"errorRate":1}""");
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");
        Assert.Empty(await home.BookedAsync());

        await home.WellAgainAsync("oshee");
        await home.PassTimeUntilAsync("2027-01-17T12:00:00Z");

        Assert.Equal(["L-1"], await home.BookedAsync());
    }

    [Fact, Requirement("BILL-18")]
    public async Task The_same_collection_delivered_twice_and_late_pays_once()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"automatic","paymentDay":15 """);
        await home.IssueAsync(Code, "T-1", "100.00");
        await home.PassTimeUntilAsync("2027-01-15T05:01:00Z");

        // Two runs of the timer at once hand out what is left, and messages of a run that was thought dead come late.
        await Task.WhenAll(home.FireAsync("Bills_CollectDue"), home.FireAsync("Bills_CollectDue"));
        await home.PassTimeUntilAsync("2027-01-15T08:01:00Z");

        Assert.Equal(["T-1"], await home.BookedAsync());
        Assert.Equal("9900.00", await home.AvailableAsync());
    }

    [Fact, Requirement("BILL-19")]
    public async Task A_manual_authorisation_with_a_day_reminds_on_that_day_and_once_a_day()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"manual","paymentDay":15 """);
        await home.IssueAsync(Code, "N-1", "100.00");
        await home.FireAsync("Bills_CollectDue");
        Assert.Empty(await home.InboxAsync("push"));

        await home.PassTimeUntilAsync("2027-01-15T05:01:00Z");
        await home.FireAsync("Bills_CollectDue");
        await home.PassTimeUntilAsync("2027-01-16T12:00:00Z");

        var push = Assert.Single(await home.InboxAsync("push"));
        Assert.Contains("invoice N-1 of 100.00 ALL is unpaid", push, StringComparison.Ordinal);
        Assert.Empty(await home.BookedAsync());
    }

    [Fact, Requirement("BILL-19")]
    public async Task A_manual_authorisation_without_a_day_reminds_when_the_invoice_appears()
    {
        await using var home = await HomeAsync();
        await home.AuthoriseAsync(Code, """ "paymentType":"manual" """);
        await home.IssueAsync(Code, "N-1", "100.00");

        await home.PollTwiceAsync();

        Assert.Single(await home.InboxAsync("push"));
    }

    private static async Task<Household> HomeAsync(string money = "10000.00")
    {
        var home = await Household.OpenAsync("2027-01-14T12:00:00Z", money);
        await home.AddSubscriberAsync(Code);
        return home;
    }

    private static async Task<string> QuoteAsync(Household home, string number)
    {
        var (_, quote) = await home.SendAsync(
            "POST", "bills/quotes", $$"""{"company":"oshee","clientCode":"{{Code}}","invoiceNumber":"{{number}}","accountId":"{{home.AccountId}}"}""");
        return quote!["quoteId"]!.GetValue<string>();
    }

    private static async Task PayByHandAsync(Household home, string number)
    {
        var (status, payment) = await home.SendAsync(
            "POST", "bills/payments", $$"""{"quoteId":"{{await QuoteAsync(home, number)}}","accountId":"{{home.AccountId}}"}""");
        Assert.True((int)status == 201, payment?.ToJsonString());
    }
}
