using System.Text.Json.Nodes;
using Serverless.Banking;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

/// <summary>What all money routes have in common: fees, limits, beneficiaries, history; and what each answers to bad input, in one table.</summary>
public sealed class MoneyRoutesTests(MoneyRoutesTests.PricedBank scene) : IClassFixture<MoneyRoutesTests.PricedBank>
{
    private const string Inside = "v1/transfers/inside";
    private const string Phone = "v1/transfers/phone";
    private const string National = "v1/transfers/national";
    private const string International = "v1/transfers/international";

    [Fact, Requirement("TRF-07"), Requirement("TRF-11")]
    public async Task A_fee_within_the_bank_is_shown_taken_with_the_transfer_and_the_payers_business_alone()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("1000.00"), await besa.OpenAccountAsync("0.00"));

        var quote = await arta.QuoteInsideAsync(from, to.Iban, "500.00");
        Assert.Equal(
            "500.00 ALL and 25.00 ALL is 525.00 ALL",
            $"{Sender.Amount(quote.Json["debit"])} and {Sender.Amount(quote.Json["fee"])} is {Sender.Amount(quote.Json["total"])}");
        var poor = await arta.QuoteInsideAsync(from, to.Iban, "975.01");
        Assert.Equal("422 insufficient_funds 0.01 ALL", $"{poor} {Sender.Amount(poor.Json["missing"])}");
        var sent = await arta.ConfirmAsync("inside", quote);

        Assert.Equal("201 25.00 ALL 525.00 ALL", $"{sent.Status} {Sender.Amount(sent.Json["fee"])} {Sender.Amount(sent.Json["total"])}");
        Assert.Equal("475.00 ALL 500.00 ALL", $"{await arta.BalanceAsync(from)} {await besa.BalanceAsync(to)}");
        Assert.Equal(["-25.00 ALL inside_transfer", "-500.00 ALL inside_transfer"], (await arta.EntriesAsync(from)).Take(2).Order(StringComparer.Ordinal));
        Assert.Equal(["500.00 ALL inside_transfer"], await besa.EntriesAsync(to));
        Assert.Null((await besa.GetOnceAsync($"v1/transfers/{sent.Json["id"]}")).Json["fee"]);
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-36")]
    public async Task The_month_has_a_limit_of_its_own_and_a_rejected_transfer_gives_back_what_it_took()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("20000.00"), await besa.OpenAccountAsync("0.00"));

        Task<Answer> QuotePhoneAsync(string amount) => arta.PostAsync($"{Phone}/quotes", PhoneBody(from, besa, amount));
        Assert.Equal(201, (await arta.ConfirmAsync("phone", await QuotePhoneAsync("500.00"))).Status);
        Assert.Equal("422 transfer_limit_exceeded month 400.00 ALL", Told(await QuotePhoneAsync("400.01")));
        Assert.Equal(200, (await QuotePhoneAsync("400.00")).Status);

        // The day's limit is 6000.00: a second one does not fit until the first is rejected.
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        Assert.Equal("422 transfer_limit_exceeded day 1000.00 ALL", Told(await arta.QuoteNationalAsync(from, "5000.00")));
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "reject", """{"reason":"AC04"}""");
        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal(200, (await arta.QuoteNationalAsync(from, "5000.00")).Status);
        Assert.Equal("19500.00 19500.00", await arta.MoneyAsync(from));
    }

    [Fact, Requirement("TRF-05"), Requirement("TRF-06"), Requirement("TRF-15"), Requirement("TRF-18")]
    public async Task A_payee_at_another_bank_is_saved_at_confirmation_and_paid_again_by_its_beneficiary()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha", trusted: true);
        var (from, euros) = (await arta.OpenAccountAsync("9000.00"), await arta.OpenAccountAsync("3000.00", "EUR"));
        await arta.ConfirmAsync("national", await arta.QuoteNationalAsync(from, "100.00"), saveBeneficiary: true);
        await arta.ConfirmAsync("international", await arta.QuoteAbroadAsync(InterbankSender.Abroad(euros, "100.00")), saveBeneficiary: true);
        var saved = (await arta.GetOnceAsync("v1/beneficiaries", answer => answer.Json["items"]!.AsArray().Count == 2)).Json["items"]!.AsArray();
        Assert.Equal(
            [$"Besa Kola {InterbankBank.CredinsIban} national", $"Hans Muster {InterbankBank.CommerzbankIban} international"],
            saved.Select(one => $"{one!["fullName"]} {one["account"]} {one["type"]}").Order(StringComparer.Ordinal));

        var (national, international) = (ByBeneficiary(InterbankSender.National(from, "200.00"), saved, "national"), ByBeneficiary(InterbankSender.Abroad(euros, "200.00"), saved, "international"));
        foreach (var (kind, body, iban, name) in new[] { ("national", national, InterbankBank.CredinsIban, "Besa Kola"), ("international", international, InterbankBank.CommerzbankIban, "Hans Muster") })
        {
            var sent = await arta.ConfirmAsync(kind, await arta.PostAsync($"v1/transfers/{kind}/quotes", body));
            Assert.True(sent.Status == 202, sent.ToString());
            var message = await scene.MessageAsync((string)sent.Json["id"]!);
            Assert.Equal($"{name} {iban} 200.00", $"{message["creditor"]} {message["creditorAccount"]} {message["amount"]!["amount"]}");
        }

        // The one does not do for the other; described and named at once is neither; somebody else's, and one that is gone, are none.
        national["beneficiaryId"] = (string)international["beneficiaryId"]!;
        Assert.Equal("422 beneficiary_type_mismatch", (await arta.PostAsync($"{National}/quotes", national)).ToString());
        national["beneficiary"] = InterbankSender.NationalBeneficiary();
        Assert.Equal("400 invalid_input\n/beneficiary beneficiary_not_named", (await arta.PostAsync($"{National}/quotes", national)).ToString());
        var besa = await scene.CustomerAsync(trusted: true);
        var theirs = ByBeneficiary(InterbankSender.National(await besa.OpenAccountAsync("500.00"), "5.00"), saved, "national");
        Assert.Equal("404 beneficiary_not_found", (await besa.PostAsync($"{National}/quotes", theirs)).ToString());
        Assert.Equal(204, (await arta.CallAsync("DELETE", $"v1/beneficiaries/{international["beneficiaryId"]}")).Status);
        Assert.Equal("404 beneficiary_not_found", (await arta.PostAsync($"{International}/quotes", international)).ToString());
    }

    [Fact, Requirement("TRF-29")]
    public async Task A_standing_transfer_goes_to_a_beneficiary_and_to_what_a_look_up_gave()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        await arta.SendInsideAsync(from, to.Iban, "10.00", saveBeneficiary: true);
        var saved = (await arta.GetOnceAsync("v1/beneficiaries", answer => answer.Json["items"]!.AsArray().Count == 1)).Json["items"]![0]!;
        var found = await arta.PostAsync("v1/transfers/lookups", new JsonObject { ["customerNumber"] = besa.Number });
        var reference = (string)found.Json["accounts"]![0]!["accountReference"]!;

        foreach (var beneficiary in new[] { new JsonObject { ["beneficiaryId"] = (string)saved["id"]! }, new JsonObject { ["reference"] = reference } })
        {
            var body = Periodic(from, "30.00");
            body["beneficiary"] = beneficiary;
            var quote = await arta.PostAsync("v1/transfers/periodic/quotes", body);
            Assert.True(quote.Status == 200, quote.ToString());
            var created = await arta.PostAsync("v1/transfers/periodic", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptTerms"] = true });
            Assert.Equal("201 active inside", $"{created.Status} {created.Json["state"]} {created.Json["type"]}");
        }

        // Somebody else's reference and beneficiary are as unknown as none.
        var stranger = await scene.CustomerAsync();
        var own = await stranger.OpenAccountAsync("100.00");
        var refusals = new List<string>();
        foreach (var beneficiary in new[] { new JsonObject { ["beneficiaryId"] = (string)saved["id"]! }, new JsonObject { ["reference"] = reference } })
        {
            var body = Periodic(own, "30.00");
            body["beneficiary"] = beneficiary;
            refusals.Add((await stranger.PostAsync("v1/transfers/periodic/quotes", body)).ToString());
        }

        Assert.All(refusals, refusal => Assert.StartsWith("404 ", refusal, StringComparison.Ordinal));
    }

    [Fact, Requirement("HIST-12")]
    public async Task The_history_shows_a_transfer_on_its_way_as_pending_and_a_rejected_one_as_failed()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("9000.00");
        var transfer = await arta.SendNationalAsync(from, "500.00");

        async Task<string> SeeAsync()
        {
            var it = (await arta.GetAsync("v1/operations")).Json["items"]!.AsArray().Single(one => (string)one!["type"]! == "national_transfer")!;
            var same = await arta.GetAsync($"v1/operations/{it["id"]}");
            Assert.Equal(it.ToJsonString(), same.Json["operation"]!.ToJsonString());
            return $"{it["state"]} {Sender.Amount(it["amount"])} {it["direction"]} {it["counterparty"]!["name"]}";
        }

        Assert.Equal("pending 500.00 ALL outgoing Besa Kola", await SeeAsync());
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "reject", """{"reason":"AC04"}""");
        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("failed 500.00 ALL outgoing Besa Kola", await SeeAsync());
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-15"), Requirement("TRF-18"), Requirement("TRF-24"), Requirement("TRF-25"), Requirement("TRF-28")]
    public async Task Every_route_that_takes_an_amount_or_a_text_names_what_is_wrong_with_it()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha", trusted: true), await scene.CustomerAsync("Besa Kola"));
        var routes = await RoutesAsync(arta, besa);
        var found = new List<string>();
        var expected = new List<string>();
        foreach (var (path, body) in routes)
        {
            foreach (var (amount, currency, code) in new[]
            {
                ("1.001", null, "/amount/amount amount_decimals"), ("0.00", null, "/amount/amount amount_not_positive"), ("-5.00", null, "/amount/amount amount_not_positive"),
                ("99999999999999999999.00", null, "/amount/amount amount_too_large"), ("5,00", null, "/amount/amount amount_malformed"), ("5.00", "QQQ", "/amount/currency currency_unknown"),
            })
            {
                found.Add(await FaultAsync(arta, path, body, changed => changed["amount"] = Sender.Money(amount, currency ?? (string)body["amount"]!["currency"]!)));
                expected.Add($"{path}: 400 invalid_input\n{code}");
            }

            if ((body.ContainsKey("description") ? "description" : body.ContainsKey("details") ? "details" : null) is not { } text)
                continue;
            found.Add(await FaultAsync(arta, path, body, changed => changed[text] = "Qira <b>"));
            expected.Add($"{path}: 400 invalid_input\n/{text} description_character_not_allowed");
            found.Add(await FaultAsync(arta, path, body, changed => changed[text] = new string('a', 141)));
            expected.Add($"{path}: 400 invalid_input\n/{text} {(text == "details" ? "description_too_long" : "too_long")}");
        }

        Assert.Equal(string.Join('\n', expected), string.Join('\n', found));
        Assert.Equal(9, routes.Count);
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-15"), Requirement("TRF-18"), Requirement("TRF-29")]
    public async Task Ibans_currencies_and_dates_that_cannot_be_are_refused_where_they_are_given()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha", trusted: true), await scene.CustomerAsync("Besa Kola"));
        var routes = (await RoutesAsync(arta, besa)).ToDictionary(route => route.Path, route => route.Body);
        var hers = (string)routes["v1/transfers/periodic/quotes"]["beneficiary"]!["account"]!;
        var wrong = $"{hers[..^1]}{(hers[^1] == '1' ? 2 : 1)}";
        const string Periodically = "v1/transfers/periodic/quotes";

        Action<JsonObject> Account(string member, string value) => body => body["beneficiary"]![member] = value;
        Action<JsonObject> In(string currency) => body => body["amount"]!["currency"] = currency;
        var expected = new (string Path, Action<JsonObject> Change, string Fault)[]
        {
            ($"{Inside}/quotes", Account("account", wrong), "400 invalid_input\n/beneficiary/account iban_invalid"),
            ($"{Inside}/quotes", Account("account", "AL4721211009000000023569874"), "400 invalid_input\n/beneficiary/account iban_invalid"),
            ($"{National}/quotes", Account("iban", "AL47212110090000000235698742"), "400 invalid_input\n/beneficiary/iban iban_invalid"),
            ($"{National}/quotes", Account("iban", "DE8937040044053201300"), "400 invalid_input\n/beneficiary/iban iban_invalid"),
            ($"{International}/quotes", Account("iban", "DE89370400440532013001"), "400 invalid_input\n/beneficiary/iban iban_invalid"),
            ($"{International}/quotes", Account("iban", "DE8937040044053201300"), "400 invalid_input\n/beneficiary/iban iban_invalid"),
            (Periodically, Account("account", wrong), "400 invalid_input\n/beneficiary/account iban_invalid"),
            (Periodically, body => body["startDate"] = "2020-01-31", "400 invalid_input\n/startDate start_date_in_past"),
            (Periodically, body => body["startDate"] = "2027-02-30", "400 invalid_input\n/startDate malformed_date"),
            (Periodically, In("EUR"), "400 invalid_input\n/amount/currency amount_not_in_account_currency"),
            ("v1/transfers/own/quotes", In("EUR"), "400 invalid_input\n/amount/currency amount_not_in_account_currency"),
            ($"{Inside}/quotes", In("EUR"), "400 invalid_input\n/amount/currency amount_not_in_account_currency"),
            ($"{Phone}/quotes", In("EUR"), "400 invalid_input\n/amount/currency amount_not_in_account_currency"),
            ("v1/transfers/pension/quotes", In("EUR"), "400 invalid_input\n/amount/currency amount_not_in_account_currency"),
            ($"{National}/quotes", In("CHF"), "400 invalid_input\n/amount/currency transfer_currency_not_offered"),
            ("v1/money-requests/quotes", In("EUR"), "422 account_currency_mismatch"),
        };
        var found = new List<string>();
        foreach (var (path, change, _) in expected)
            found.Add(await FaultAsync(arta, path, routes[path], change));
        Assert.Equal(string.Join('\n', expected.Select(one => $"{one.Path}: {one.Fault}")), string.Join('\n', found));
    }

    [Fact, Requirement("TRF-08"), Requirement("TRF-37"), Requirement("TRF-30")]
    public async Task A_quote_of_somebody_else_an_expired_one_and_an_account_that_is_blocked_are_refused_at_every_confirmation()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha", trusted: true), await scene.CustomerAsync("Besa Kola", trusted: true));
        var quotes = new List<(string Path, JsonObject Body)>();
        foreach (var (path, body) in await RoutesAsync(arta, besa))
        {
            if (!path.EndsWith("/quotes", StringComparison.Ordinal))
                continue;
            var quote = await arta.PostAsync(path, body);
            Assert.True(quote.Status == 200, $"{path}: {quote}");
            var confirmation = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! };
            if (path.Contains("periodic", StringComparison.Ordinal))
                confirmation["acceptTerms"] = true;
            quotes.Add((path[..^"/quotes".Length], confirmation));
        }

        Assert.All(await ConfirmAsync(besa), answer => Assert.EndsWith(": 404 quote_not_found", answer, StringComparison.Ordinal));
        foreach (var account in (await arta.GetAsync("v1/accounts")).Json["items"]!.AsArray())
            await BlockAsync((string)account!["id"]!);

        Assert.All(await ConfirmAsync(arta), answer => Assert.EndsWith(": 422 account_blocked", answer, StringComparison.Ordinal));
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(6));
        var late = await scene.SignInAsync(arta.Number, trusted: true);
        Assert.All(await ConfirmAsync(late), answer => Assert.EndsWith(": 409 quote_expired", answer, StringComparison.Ordinal));
        Assert.Equal(8, quotes.Count);

        async Task<List<string>> ConfirmAsync(Sender who)
        {
            var answers = new List<string>();
            foreach (var (path, body) in quotes)
                answers.Add($"{path}: {await who.PostAsync(path, body.DeepClone())}");
            return answers;
        }
    }

    /// <summary>Every route with an amount, and a body that it takes.</summary>
    private async Task<IReadOnlyList<(string Path, JsonObject Body)>> RoutesAsync(Sender arta, Sender besa)
    {
        var (from, other, euros) = (await arta.OpenAccountAsync("5000.00"), await arta.OpenAccountAsync("0.00"), await arta.OpenAccountAsync("3000.00", "EUR"));
        var to = await besa.OpenAccountAsync("0.00");
        var contact = await arta.PostAsync("v1/network/contacts", new JsonObject { ["name"] = "Besa", ["phone"] = TransferBank.PhoneOf(besa.Number) });
        Assert.True(contact.Status == 201, contact.ToString());
        var periodic = Periodic(from, "30.00");
        periodic["beneficiary"] = new JsonObject { ["account"] = to.Iban };
        return
        [
            ("v1/transfers/own/quotes", new JsonObject { ["fromAccountId"] = from.Id, ["toAccountId"] = other.Id, ["amount"] = Sender.Money("10.00"), ["description"] = "Kursim" }),
            ($"{Inside}/quotes", new JsonObject
            {
                ["fromAccountId"] = from.Id, ["beneficiary"] = new JsonObject { ["account"] = to.Iban }, ["amount"] = Sender.Money("10.00"), ["description"] = "Qira",
            }),
            ($"{Phone}/quotes", PhoneBody(from, besa, "10.00")),
            ("v1/transfers/pension/quotes", new JsonObject { ["fromAccountId"] = from.Id, ["contractNumber"] = "PF-2019-000123", ["amount"] = Sender.Money("10.00") }),
            ($"{National}/quotes", InterbankSender.National(from, "100.00")),
            ($"{International}/quotes", InterbankSender.Abroad(euros, "100.00")),
            ("v1/transfers/periodic/quotes", periodic),
            ("v1/money-requests/quotes", new JsonObject
            {
                ["contactId"] = (string)contact.Json["id"]!, ["accountId"] = from.Id, ["amount"] = Sender.Money("10.00"), ["details"] = "Darka",
            }),
            ($"backoffice/v1/accounts/{from.Id}/cash-deposits", new JsonObject { ["amount"] = Sender.Money("10.00"), ["description"] = "Derdhje" }),
        ];
    }

    private async Task<string> FaultAsync(Sender sender, string path, JsonObject valid, Action<JsonObject> change)
    {
        var body = valid.DeepClone().AsObject();
        change(body);
        var answer = path.StartsWith("backoffice", StringComparison.Ordinal)
            ? await scene.Bank.CallAsync("POST", path, body.ToJsonString(), await scene.TellerAsync(), TransferBank.WithKey())
            : await sender.PostAsync(path, body);
        return $"{path}: {answer}";
    }

    private async Task BlockAsync(string account)
    {
        var change = await scene.Bank.CallAsync(
            "POST", $"backoffice/v1/accounts/{account}/status-changes", """{"status":"blocked","reason":"Urdhër"}""", await scene.TellerAsync(), TransferBank.WithKey());
        Assert.True(change.Status == 201, change.ToString());
        var decided = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/changes/{change.Json["id"]}/decision", """{"decision":"approve","reason":"E shqyrtuar"}""",
            await scene.Bank.TokenAsync(new() { ["staff"] = "mira", ["roles"] = "ledger branch" }), TransferBank.WithKey());
        Assert.True(decided.Status == 200, decided.ToString());
    }

    private JsonObject Periodic(OpenedAccount from, string amount) => new()
    {
        ["fromAccountId"] = from.Id,
        ["amount"] = Sender.Money(amount, from.Currency),
        ["details"] = "Qira mujore",
        ["frequency"] = "monthly",
        ["startDate"] = scene.Now.InZone(BankTime.Tirane).Date.PlusDays(40).ToString("uuuu-MM-dd", null),
        ["count"] = 2,
    };

    private static JsonObject PhoneBody(OpenedAccount from, Sender to, string amount) =>
        new() { ["fromAccountId"] = from.Id, ["phone"] = TransferBank.PhoneOf(to.Number), ["amount"] = Sender.Money(amount), ["description"] = "Dreka" };

    private static JsonObject ByBeneficiary(JsonObject body, JsonArray saved, string type)
    {
        body.Remove("beneficiary");
        body["beneficiaryId"] = (string)saved.Single(one => (string)one!["type"]! == type)!["id"]!;
        return body;
    }

    private static string Told(Answer refused) => $"{refused} {refused.Json["limit"]} {Sender.Amount(refused.Json["remaining"])}";

    public sealed class PricedBank : InterbankBank
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            settings["Transfers:Fees:inside:Flat:ALL"] = "25.00";
            settings["Transfers:Limits:phone:PerMonth"] = "900";
            settings["Transfers:Limits:national:PerDay"] = "6000";
        }
    }
}
