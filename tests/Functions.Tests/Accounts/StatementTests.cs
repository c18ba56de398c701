using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Statements of a period: shown, fetched, e-mailed.</summary>
public sealed class StatementTests(AccountBank scene) : IClassFixture<AccountBank>
{
    private static readonly LocalDate Today = new(2027, 2, 25);

    [Fact, Requirement("ACC-06"), Requirement("ACC-19")]
    public async Task A_period_is_shown_with_its_balances_and_operations()
    {
        var customer = await scene.NewCustomerAsync();
        var id = await scene.OpenAsync(customer, "100.00");
        await scene.DepositAsync(id, "50.00");
        await scene.DepositAsync(id, "25.00");

        var page = (await customer.GetAsync($"v1/accounts/{id}/statement?startDate=2027-02-25&endDate=2027-02-25&limit=2")).Json;
        var rest = (await customer.GetAsync($"v1/accounts/{id}/statement?startDate=2027-02-25&endDate=2027-02-25&limit=2&cursor={(string)page["nextCursor"]!}")).Json;

        Assert.Equal(("0.00", "175.00", 3), ((string)page["openingBalance"]!["amount"]!, (string)page["closingBalance"]!["amount"]!, (int)page["lines"]!));
        Assert.Equal(["25.00", "50.00"], page["items"]!.AsArray().Select(entry => (string)entry!["amount"]!["amount"]!));
        Assert.Equal(["100.00"], rest["items"]!.AsArray().Select(entry => (string)entry!["amount"]!["amount"]!));
        Assert.Null(rest["nextCursor"]);
    }

    [Fact, Requirement("ACC-06"), Requirement("ACC-19")]
    public async Task Periods_that_cannot_be_are_refused_with_every_fault()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(email: "ela@example.com"), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer, "100.00");
        await OpenedOnAsync(id, new LocalDate(2025, 1, 15));
        JsonObject Period(string start, string end) => new() { ["startDate"] = start, ["endDate"] = end };
        async Task<string> TryAsync(string start, string end)
        {
            var ordered = (await customer.SendAsync("POST", $"v1/accounts/{id}/statements", Period(start, end))).ToString();
            Assert.Equal(ordered, (await customer.SendAsync("POST", $"v1/accounts/{id}/statements/emails", Period(start, end), Guid.NewGuid().ToString())).ToString());
            Assert.Equal(
                ordered.Replace("/startDate", "startDate", StringComparison.Ordinal).Replace("/endDate", "endDate", StringComparison.Ordinal),
                (await customer.GetAsync($"v1/accounts/{id}/statement?startDate={start}&endDate={end}")).ToString());
            return ordered;
        }

        Assert.Equal("400 invalid_input\n/endDate end_before_start", await TryAsync("2027-02-02", "2027-02-01"));
        Assert.Equal("400 invalid_input\n/endDate date_in_future", await TryAsync("2027-02-01", "2027-02-26"));
        Assert.Equal("400 invalid_input\n/startDate range_too_long", await TryAsync("2026-02-01", "2027-02-01"));
        Assert.Equal("400 invalid_input\n/startDate start_before_opening", await TryAsync("2025-01-14", "2025-02-01"));
        Assert.Equal("400 invalid_input\n/endDate date_in_future\n/startDate range_too_long", await TryAsync("2026-02-01", "2027-03-01"));
        Assert.Equal("400 invalid_input\n/startDate malformed_date", await TryAsync("2027-02-30", "2027-03-01"));

        // Twelve months to the day are allowed.
        Assert.Equal(201, (await customer.SendAsync("POST", $"v1/accounts/{id}/statements", Period("2026-02-26", "2027-02-25"))).Status);
        Assert.Equal("404 account_not_found", (await stranger.SendAsync("POST", $"v1/accounts/{id}/statements", Period("2027-02-25", "2027-02-25"))).ToString());
        Assert.Equal("404 account_not_found", (await stranger.GetAsync($"v1/accounts/{id}/statement?startDate=2027-02-25&endDate=2027-02-25")).ToString());
        Assert.Equal("404 statement_not_found", (await customer.GetAsync($"v1/accounts/{id}/statements/{Guid.NewGuid()}")).ToString());
    }

    [Fact, Requirement("ACC-06"), Requirement("ACC-07"), Requirement("ACC-19")]
    public async Task The_pdf_carries_number_period_time_and_operations_and_its_link_lives_for_fifteen_minutes()
    {
        var customer = await scene.NewCustomerAsync(name: "Ëngjëll Çela");
        var id = await scene.OpenAsync(customer, "1707.40");
        await scene.DepositAsync(id, "292.60", description: "Për çmimin e ujit");

        var ordered = await OrderAsync(customer, id, "pdf", language: "sq");
        var link = ordered.Json["download"]!;
        using var file = await scene.Bank.Anonymous.GetAsync(((string)link["url"]!)[1..]);
        var pdf = await file.Content.ReadAsByteArrayAsync();
        var text = PdfText.Of(pdf);

        Assert.Equal((201, "0.00", "2000.00", 2), (ordered.Status, (string)ordered.Json["openingBalance"]!["amount"]!, (string)ordered.Json["closingBalance"]!["amount"]!, (int)ordered.Json["lines"]!));
        Assert.Equal(("application/pdf", $"{(string)ordered.Json["number"]!}.pdf"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.FileName));
        foreach (var said in (string[])
        [
            "Nxjerrje llogarie", "Ëngjëll Çela", customer.Number, "25.02.2027 – 25.02.2027", "0.00 ALL", "2000.00 ALL", "Për çmimin e ujit", "292.60", "1707.40",
            $"{(string)ordered.Json["number"]!} · gjeneruar më 25.02.2027 ", "Faqja 1 nga 1",
        ])
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        Assert.Equal(pdf, await customer.DownloadAsync(link));
        Assert.Contains("Account statement", PdfText.Of(await customer.DownloadAsync((await OrderAsync(customer, id, "pdf")).Json["download"]!)), StringComparison.Ordinal);
        var altered = ((string)link["url"]!)[5..^2] + "AA";
        Assert.Equal("404 link_not_found", (await scene.Bank.CallAsync("GET", altered)).ToString());

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(15));
        Assert.Equal("409 link_expired", (await scene.Bank.CallAsync("GET", ((string)link["url"]!)[5..])).ToString());
        await scene.RenewAsync();
    }

    [Fact, Requirement("ACC-19")]
    public async Task Machines_read_the_same_statement_as_csv_camt053_and_mt940()
    {
        var customer = await scene.NewCustomerAsync(name: "Ëngjëll Çela");
        var id = await scene.OpenAsync(customer, "1707.40");
        await scene.DepositAsync(id, "292.60", description: "Ujë");
        await PayAsync(id, "0.10", "=SUM(A1), ë dhe ç", new Party("Besnik Ë", "AL35202111090000000001234567"));
        var iban = (string)(await customer.AccountAsync(id))["iban"]!;
        async Task<byte[]> FileAsync(string format) => await customer.DownloadAsync((await OrderAsync(customer, id, format)).Json["download"]!);

        var camt = Camt053.Read(await FileAsync("camt053"));
        Assert.Equal((iban, "ALL", "0.00", "1999.90"), (camt.Iban, camt.Currency, camt.Opening, camt.Closing));
        Assert.Equal(
            ["1 CRDT 1707.40 ALL 2027-02-25 cash_deposit  Derdhje në arkë", "2 CRDT 292.60 ALL 2027-02-25 cash_deposit  Ujë", "3 DBIT 0.10 ALL 2027-02-25 test_payment Besnik Ë =SUM(A1), ë dhe ç"],
            camt.Entries);

        var csv = await FileAsync("csv");
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        var lines = Encoding.UTF8.GetString(csv[3..]).Split("\r\n");
        Assert.Equal("number,bookedOn,description,counterparty,counterpartyAccount,amount,balance,currency,kind,transactionId", lines[0]);
        Assert.StartsWith("2,2027-02-25,Ujë,,,292.60,2000.00,ALL,cash_deposit,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("3,2027-02-25,\"'=SUM(A1), ë dhe ç\",Besnik Ë,AL35202111090000000001234567,-0.10,1999.90,ALL,test_payment,", lines[3], StringComparison.Ordinal);
        Assert.Equal((5, ""), (lines.Length, lines[4]));

        var mt940 = Encoding.ASCII.GetString(await FileAsync("mt940")).Split("\r\n");
        Assert.Equal((":25:" + iban, ":28C:27056/1", ":60F:C270225ALL0,00"), (mt940[1], mt940[2], mt940[3]));
        Assert.Matches(@"^:61:2702250225C1707,40NTRF[0-9a-f]{16}//[0-9a-f]{16}$", mt940[4]);
        Assert.Equal(":86:Derdhje ne arke", mt940[5]);
        Assert.Matches(@"^:61:2702250225D0,10NTRF", mt940[8]);
        Assert.Equal(":86:.SUM(A1), e dhe c Besnik E AL35202111090000000001234567", mt940[9]);
        Assert.Equal((":62F:C270225ALL1999,90", "-", ""), (mt940[10], mt940[11], mt940[12]));
        Assert.All(mt940, line => Assert.InRange(line.Length, 0, 70));
    }

    [Fact, Requirement("ACC-08")]
    public async Task A_statement_is_sent_once_to_the_registered_address_and_not_without_one()
    {
        var (reachable, silent) = (await scene.NewCustomerAsync(email: "ela@example.com", language: "sq"), await scene.NewCustomerAsync());
        var (id, others) = (await scene.OpenAsync(reachable, "100.00"), await scene.OpenAsync(silent, "100.00"));
        var period = new JsonObject { ["startDate"] = "2027-02-25", ["endDate"] = "2027-02-25" };

        Assert.Equal("422 email_missing", (await silent.SendAsync("POST", $"v1/accounts/{others}/statements/emails", period.DeepClone().AsObject(), "k1")).ToString());
        var sent = await reachable.SendAsync("POST", $"v1/accounts/{id}/statements/emails", period.DeepClone().AsObject(), "k1", language: "sq");
        Assert.Equal(sent.Text, (await reachable.SendAsync("POST", $"v1/accounts/{id}/statements/emails", period.DeepClone().AsObject(), "k1", language: "sq")).Text);
        period["format"] = "csv";
        Assert.Equal("422 idempotency_key_reused", (await reachable.SendAsync("POST", $"v1/accounts/{id}/statements/emails", period, "k1")).ToString());
        await scene.Bank.WhenIdleAsync();

        var mail = (await scene.InboxAsync(reachable, "email")).Single()!;
        var attachment = mail["attachments"]!.AsArray().Single()!;
        var file = await scene.Bank.Sandbox.GetByteArrayAsync(((string)attachment["url"]!)[1..]);
        Assert.Equal(202, sent.Status);
        Assert.Equal(
            ("ela@example.com", "Nxjerrje llogarie", $"{(string)sent.Json["number"]!}.pdf", "application/pdf"),
            ((string)mail["to"]!, (string)mail["title"]!, (string)attachment["name"]!, (string)attachment["contentType"]!));
        Assert.Contains("100.00 ALL", PdfText.Of(file), StringComparison.Ordinal);
        Assert.Empty(await scene.InboxAsync(silent, "email"));
    }

    [Fact, ProvesRace("Accounts_EmailStatement"), ProvesRace("Accounts_OrderStatement"), Requirement("ACC-08")]
    public async Task One_e_mail_ordered_by_many_is_sent_once()
    {
        var customer = await scene.NewCustomerAsync(email: "ela@example.com");
        var id = await scene.OpenAsync(customer, "100.00");
        using var client = await scene.Bank.CustomerAsync(customer.Number);
        const string period = """{"startDate":"2027-02-25","endDate":"2027-02-25"}""";

        await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, $"api/v1/accounts/{id}/statements/emails", period),
            async () =>
            {
                await scene.Bank.WhenIdleAsync();
                return (await scene.InboxAsync(customer, "email")).Count;
            },
            16);
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Repeat((RaceCall.Post(client, $"api/v1/accounts/{id}/statements", period), (string?)null), 8)]);
        Assert.Single(answers.Select(answer => (answer.Status, (string)answer.Json["number"]!)).Distinct());
    }

    [Fact, Requirement("ACC-19")]
    public async Task More_than_5000_operations_are_written_in_the_background_and_a_push_tells_when_they_are_ready()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer);
        await FillAsync(id, 5_001);

        var ordered = await OrderAsync(customer, id, "pdf");
        Assert.Equal((202, false, 5_001), (ordered.Status, (bool)ordered.Json["isReady"]!, (int)ordered.Json["lines"]!));
        Assert.Equal((string)ordered.Json["statementId"]!, (string)(await OrderAsync(customer, id, "pdf")).Json["statementId"]!);
        var address = $"v1/accounts/{id}/statements/{(string)ordered.Json["statementId"]!}";
        await scene.Bank.WhenIdleAsync();

        var ready = (await customer.GetAsync(address)).Json;
        var push = (await scene.InboxAsync(customer, "push")).Single()!;
        var pages = PdfText.PagesOf(await customer.DownloadAsync(ready["download"]!));
        Assert.True((bool)ready["isReady"]!);
        Assert.Equal($"accounts/{id}/statements/{(string)ordered.Json["statementId"]!}", (string)push["link"]!);
        Assert.Equal(5_001, pages.Sum(page => page.Split('\n').Count(line => line == "Derdhje")));
        Assert.EndsWith($"Page {pages.Count} of {pages.Count}\n", pages[^1], StringComparison.Ordinal);
        Assert.Equal(201, (await OrderAsync(customer, id, "pdf")).Status);
        Assert.Equal("404 statement_not_found", (await stranger.GetAsync(address)).ToString());
    }

    private static Task<Answer> OrderAsync(BankCustomer customer, string id, string format, string language = "en") => customer.SendAsync(
        "POST", $"v1/accounts/{id}/statements", new() { ["startDate"] = "2027-02-25", ["endDate"] = "2027-02-25", ["format"] = format }, language: language);

    private async Task PayAsync(string id, string amount, string description, Party payee)
    {
        var money = Money.Find(amount, Currency.All)!;
        await PostAsync(new Journal(
            new TransactionId(Guid.NewGuid()), "test_payment",
            [Leg.Debit(new AccountId(Guid.Parse(id)), money, payee), Leg.Credit(BankAccount.Settlement("test", Currency.All), money)], description, Today, ""));
    }

    private async Task FillAsync(string id, int entries)
    {
        var cent = Money.OfMinor(1, Currency.All);
        foreach (var some in Enumerable.Range(0, entries).Chunk(39))
        {
            await PostAsync(new Journal(
                new TransactionId(Guid.NewGuid()), "cash_deposit",
                [.. some.Select(_ => Leg.Credit(new AccountId(Guid.Parse(id)), cent)), Leg.Debit(BankAccount.Cash(Currency.All), Money.OfMinor(some.Length, Currency.All))],
                "Derdhje", Today, ""));
        }
    }

    private async Task PostAsync(Journal journal) =>
        Assert.True((await scene.Bank.Host.Services.GetRequiredService<PostJournal>().RunAsync(journal, CancellationToken.None)).IsSuccess);

    private Task OpenedOnAsync(string id, LocalDate day) => scene.Bank.Host.Services.OpenedOnAsync(new AccountId(Guid.Parse(id)), day);
}
