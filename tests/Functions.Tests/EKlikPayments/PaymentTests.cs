using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlikPayments;

/// <summary>What payment users of eKlik do (EKL-13 to EKL-21, EKL-30), and info users may not.</summary>
[Collection(EKlikPaymentsBank.Name)]
public sealed class PaymentTests(EKlikPaymentsBank scene)
{
    [Fact, Requirement("EKL-13"), Requirement("EKL-14"), Requirement("EKL-06")]
    public async Task Every_kind_of_bill_is_listed_with_its_payees_and_customs_are_paid_by_payment_users_only()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var account = await arta.OpenAccountAsync("10000.00");
        var (payment, info) = (await scene.EKlikAsync(arta.Number), await scene.EKlikAsync(arta.Number, "info"));

        var kinds = (await info.GetAsync("v1/eklik/payment-kinds")).Json["items"]!.AsArray();

        Assert.Equal(
            [
                "customs: customs", "income_tax: income-tax", "pension_contribution: social-insurance", "electricity: oshee", "water: ukt", "telephone: albtelecom",
                "property_tax: property-tax", "budget_service: traffic-police treasury",
            ],
            kinds.Select(kind => $"{kind!["kind"]}: {string.Join(' ', kind["companies"]!.AsArray().Select(company => company!["id"]))}"));
        Assert.DoesNotContain("customs", (await arta.GetAsync("v1/bills/companies")).Json["items"]!.AsArray().Select(company => (string?)company!["id"]));

        var bill = Bill(account, "customs", "DG2018-000123", "DG-000123-1");
        Assert.Equal("403 payment_right_missing", (await info.PostAsync("v1/bills/quotes", bill)).ToString());
        var quote = await payment.PostAsync("v1/bills/quotes", bill);
        Assert.Equal("4200.00 ALL", Sender.Amount(quote.Json["total"]));
        var order = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! };
        Assert.Equal("403 payment_right_missing", (await info.PostAsync("v1/bills/payments", order.DeepClone())).ToString());

        var paid = await payment.PostAsync("v1/bills/payments", order);

        Assert.True(paid.Status == 201, paid.ToString());
        Assert.Equal("5800.00 ALL", await payment.BalanceAsync(account));
        Assert.Equal("403 payment_right_missing", (await info.QuoteInsideAsync(account, account.Iban, "1.00", "Qira")).ToString());
        Assert.Equal("403 payment_right_missing", (await info.QuoteOwnAsync(account, account, "1.00")).ToString());
    }

    [Fact, Requirement("AUTH-29"), Requirement("EKL-05")]
    public async Task Users_of_eKlik_confirm_by_their_token_and_are_sent_no_code()
    {
        var (arta, ben) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync());
        var (account, other) = (await arta.OpenAccountAsync("500.00"), await ben.OpenAccountAsync("0.00"));
        foreach (var rights in new[] { "payment", "info" })
        {
            var user = await scene.EKlikAsync(arta.Number, rights);
            var quote = rights == "payment" ? (string)(await user.QuoteInsideAsync(account, other.Iban, "100.00", "Qira Maj")).Json["quoteId"]! : "none";
            Assert.Equal("403 confirmed_by_token", (await AskAsync(user, quote)).ToString());
        }

        // Whoever has no token gets one.
        var asked = await AskAsync(arta, (string)(await arta.QuoteInsideAsync(account, other.Iban, "100.00", "Qira Maj")).Json["quoteId"]!);
        Assert.Equal("202 100.00 ALL", $"{asked.Status} {Sender.Amount(asked.Json["facts"]!["amount"])}");

        static Task<Answer> AskAsync(Sender who, string quote) =>
            who.PostAsync("v1/confirmations", new JsonObject { ["operation"] = "inside_transfer", ["challenge"] = quote });
    }

    [Fact, Requirement("EKL-16"), Requirement("EKL-17")]
    public async Task A_transfer_names_every_wrong_field_and_the_first_character_that_its_description_may_not_have()
    {
        var (arta, ben) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync());
        var (account, other) = (await arta.OpenAccountAsync("500.00"), await ben.OpenAccountAsync("0.00"));
        var payment = await scene.EKlikAsync(arta.Number);

        var wrong = await payment.PostAsync(
            "v1/transfers/inside/quotes",
            new JsonObject
            {
                ["fromAccountId"] = account.Id,
                ["beneficiary"] = new JsonObject(),
                ["amount"] = Sender.Money("1.00"),
                ["description"] = "Qira, maj",
                ["phone"] = "no number",
            });
        Assert.Equal(400, wrong.Status);
        Assert.Equal(
            ["/beneficiary", "/description", "/phone"],
            wrong.Json["errors"]!.AsArray().Select(error => (string)error!["pointer"]!).Order(StringComparer.Ordinal));

        // Whatever finds a fault, the type, the bank's rules or the IBAN's check digits: all are told in one answer, none twice.
        var all = await payment.PostAsync(
            "v1/transfers/inside/quotes",
            new JsonObject
            {
                ["fromAccountId"] = "no id",
                ["beneficiary"] = new JsonObject { ["account"] = "AL47212110090000000235698742" },
                ["amount"] = Sender.Money("1.005"),
                ["description"] = "Qira, maj",
                ["phone"] = "no number",
                ["colour"] = "red",
            });
        Assert.Equal(
            ["/amount/amount amount_decimals", "/beneficiary/account iban_invalid", "/colour unknown_member", "/description description_character_not_allowed",
                "/fromAccountId malformed_id", "/phone phone_malformed"],
            Faults(all));
        Assert.Equal(
            ["/amount/amount amount_not_positive", "/amount/currency transfer_currency_not_offered", "/beneficiary/country country_unknown", "/beneficiary/iban iban_invalid",
                "/description required", "/feeBearer unknown_code"],
            Faults(await payment.PostAsync(
                "v1/transfers/national/quotes",
                new JsonObject
                {
                    ["fromAccountId"] = account.Id,
                    ["beneficiary"] = new JsonObject
                    {
                        ["firstName"] = "Ben",
                        ["lastName"] = "Kola",
                        ["iban"] = "AL1",
                        ["city"] = "Tirana",
                        ["country"] = "XX",
                    },
                    ["amount"] = new JsonObject { ["amount"] = "0", ["currency"] = "JPY" },
                    ["feeBearer"] = "nobody",
                })));
        Assert.Equal("/amount/amount", (string?)(await payment.QuoteInsideAsync(account, other.Iban, "1.005")).Json["errors"]![0]!["pointer"]);
        Assert.Equal("400 invalid_input\n/beneficiary/account iban_invalid", (await payment.QuoteInsideAsync(account, "AL47212110090000000235698742", "1.00")).ToString());
        Assert.Equal("422 insufficient_funds", (await payment.QuoteInsideAsync(account, other.Iban, "500.01")).ToString());
        Assert.Equal("404 payee_not_found", (await payment.QuoteInsideAsync(account, Missing(other.Iban), "1.00")).ToString());

        foreach (var (text, character) in new[] { ("Qira për maj ç", "ë"), ("Çmimi", "Ç"), ("PËR", "Ë"), ("Fatura 12/2018", "/"), ("Müll", "ü"), ("e\u0308", "ë") })
        {
            var refused = await payment.QuoteInsideAsync(account, other.Iban, "1.00", text);
            Assert.Equal("400 invalid_input\n/description description_character_not_allowed", refused.ToString());
            Assert.Equal(character, (string?)refused.Json["errors"]![0]!["character"]);
        }

        Assert.Equal(200, (await payment.QuoteInsideAsync(account, other.Iban, "1.00", "Qira Maj 2018")).Status);

        var standing = new JsonObject
        {
            ["fromAccountId"] = account.Id,
            ["toAccountId"] = other.Id,
            ["amount"] = Sender.Money("1.00"),
            ["frequency"] = "monthly",
            ["startDate"] = "2030-01-01",
            ["count"] = 2,
            ["details"] = "Qira çdo muaj",
        };
        Assert.Equal("400 invalid_input\n/details description_character_not_allowed", (await payment.PostAsync("v1/transfers/periodic/quotes", standing)).ToString());

        // The mobile bank has its own rule.
        Assert.Equal(200, (await arta.QuoteInsideAsync(account, other.Iban, "1.00", "Qira për maj ç")).Status);
    }

    [Fact, Requirement("EKL-20"), Requirement("EKL-21"), Requirement("EKL-30")]
    public async Task What_was_ordered_through_eKlik_is_its_turnover_and_paying_the_same_again_takes_an_explicit_word()
    {
        var (arta, ben) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync());
        var (account, other) = (await arta.OpenAccountAsync("10000.00"), await ben.OpenAccountAsync("0.00"));
        var payment = await scene.EKlikAsync(arta.Number);

        await arta.SendInsideAsync(account, other.Iban, "10.00", "Nga telefoni");
        var first = await payment.QuoteInsideAsync(account, other.Iban, "100.00", "Qira Maj");
        Assert.Null(first.Json["possibleDuplicate"]);
        var sent = await payment.ConfirmAsync("inside", first);
        Assert.True(sent.Status == 201, sent.ToString());
        var number = (string)sent.Json["id"]!;

        // Another amount, another reference, another payee: nothing like it. The same in other capitals is.
        Assert.Null((await payment.QuoteInsideAsync(account, other.Iban, "100.01", "Qira Maj")).Json["possibleDuplicate"]);
        Assert.Null((await payment.QuoteInsideAsync(account, other.Iban, "100.00", "Qira Qershor")).Json["possibleDuplicate"]);
        var again = await payment.QuoteInsideAsync(account, other.Iban, "100.00", "QIRA MAJ");
        Assert.Equal(number, (string?)again.Json["possibleDuplicate"]);
        var refused = await payment.PostAsync("v1/transfers/inside", new JsonObject { ["quoteId"] = (string)again.Json["quoteId"]! });
        Assert.Equal("422 possible_duplicate", refused.ToString());
        Assert.Equal(number, (string?)refused.Json["earlier"]);
        Assert.Equal("9890.00 ALL", await payment.BalanceAsync(account));
        var meant = await payment.PostAsync(
            "v1/transfers/inside",
            new JsonObject { ["quoteId"] = (string)(await payment.QuoteInsideAsync(account, other.Iban, "100.00", "QIRA MAJ")).Json["quoteId"]!, ["payAgain"] = true });
        Assert.True(meant.Status == 201, meant.ToString());

        // An invoice that came twice under two numbers.
        var sandbox = TestSandbox.Of(scene.Bank);
        await sandbox.AddSubscriberAsync("treasury", $"1010001-{arta.Number[^6..]}", "Test Test");
        await sandbox.AddInvoiceAsync("treasury", $"1010001-{arta.Number[^6..]}", $"A{arta.Number}", "300.00", "2018-08-01", "0.00");
        await sandbox.AddInvoiceAsync("treasury", $"1010001-{arta.Number[^6..]}", $"B{arta.Number}", "300.00", "2018-08-01", "0.00");
        var bill = await PayAsync(payment, Bill(account, "treasury", $"1010001-{arta.Number[^6..]}", $"A{arta.Number}"));
        Assert.True(bill.Status == 201, bill.ToString());
        var twin = Bill(account, "treasury", $"1010001-{arta.Number[^6..]}", $"B{arta.Number}");
        Assert.Equal("422 possible_duplicate", (await PayAsync(payment, twin)).ToString());
        Assert.Equal(201, (await PayAsync(payment, twin, payAgain: true)).Status);

        var today = DateOnly.FromDateTime(scene.Bank.Host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(2).DateTime).ToString("yyyy-MM-dd", null);
        var turnover = await payment.GetAsync($"v1/eklik/turnover?startDate={today}&endDate={today}&limit=3");
        var rest = await payment.GetAsync($"v1/eklik/turnover?startDate={today}&endDate={today}&cursor={turnover.Json["nextCursor"]}");
        Assert.Equal(
            ["bill_payment 300.00 ALL paid", "bill_payment 300.00 ALL paid", "inside_transfer 100.00 ALL settled", "inside_transfer 100.00 ALL settled"],
            turnover.Json["items"]!.AsArray().Concat(rest.Json["items"]!.AsArray())
                .Select(item => $"{item!["kind"]} {Sender.Amount(item["debited"])} {item["state"]}"));
        Assert.Null(rest.Json["nextCursor"]);

        var ofAccount = (await payment.GetAsync($"v1/accounts/{account.Id}/turnover?startDate={today}&endDate={today}")).Json;
        Assert.Equal(
            "10000.00 ALL -810.00 ALL 9190.00 ALL 6",
            $"{Sender.Amount(ofAccount["credits"])} {Sender.Amount(ofAccount["debits"])} {Sender.Amount(ofAccount["closingBalance"])} {ofAccount["lines"]}");
        Assert.Contains(number, ofAccount["items"]!.AsArray().Select(item => (string?)item!["paymentNumber"]));

        // In pages: the sums are those of the first, also when something is booked in between.
        var lines = ofAccount["items"]!.AsArray().Select(item => (long)item!["entry"]!["number"]!).ToArray();
        var newest = await payment.GetAsync($"v1/accounts/{account.Id}/turnover?startDate={today}&endDate={today}&limit=4");
        await arta.SendInsideAsync(account, other.Iban, "10.00", "Nga telefoni");
        var older = await payment.GetAsync($"v1/accounts/{account.Id}/turnover?startDate={today}&endDate={today}&limit=4&cursor={newest.Json["nextCursor"]}");
        Assert.Equal(lines, newest.Json["items"]!.AsArray().Concat(older.Json["items"]!.AsArray()).Select(item => (long)item!["entry"]!["number"]!));
        Assert.Equal(
            ["-810.00 ALL 9190.00 ALL 6", "-810.00 ALL 9190.00 ALL 6"],
            new[] { newest, older }.Select(one => $"{Sender.Amount(one.Json["debits"])} {Sender.Amount(one.Json["closingBalance"])} {one.Json["lines"]}"));
        Assert.Null(older.Json["nextCursor"]);

        // The details of one, from either list.
        var link = await payment.GetAsync($"v1/payments/{number}/details");
        using var client = new HttpClient { BaseAddress = scene.Bank.Host.BaseAddress };
        var text = PdfText.Of(await client.GetByteArrayAsync((string)link.Json["url"]!));
        Assert.All(new[] { number, "100.00", account.Iban, "Qira Maj", "eklik" }, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        Assert.Equal(200, (await payment.GetAsync($"v1/payments/{bill.Json["id"]}/details")).Status);
        Assert.Equal("404 ordered_payment_not_found", (await ben.GetAsync($"v1/payments/{number}/details")).ToString());
    }

    private static IEnumerable<string> Faults(Answer answer) =>
        answer.Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}").Order(StringComparer.Ordinal);

    private static JsonObject Bill(OpenedAccount account, string company, string code, string invoice) => new()
    {
        ["company"] = company,
        ["clientCode"] = code,
        ["invoiceNumber"] = invoice,
        ["accountId"] = account.Id,
    };

    private static async Task<Answer> PayAsync(Sender payer, JsonObject bill, bool payAgain = false) => await payer.PostAsync(
        "v1/bills/payments",
        new JsonObject { ["quoteId"] = (string)(await payer.PostAsync("v1/bills/quotes", bill.DeepClone())).Json["quoteId"]!, ["payAgain"] = payAgain });

    /// <summary>A good IBAN of this bank that nobody has.</summary>
    private static string Missing(string iban)
    {
        var body = iban[4..^4] + "9999";
        var digits = string.Concat($"{body}AL00".Select(c => char.IsAsciiLetter(c) ? (c - 'A' + 10).ToString(System.Globalization.CultureInfo.InvariantCulture) : c.ToString()));
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % 97);
        return $"AL{check:D2}{body}";
    }
}
