using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Insurance;

public sealed class InsuranceTests(InsuranceBank scene) : IClassFixture<InsuranceBank>, IAsyncLifetime
{
    /// <summary>Whatever the test before has left.</summary>
    public async ValueTask InitializeAsync() => await scene.TurnAsync(null, "{}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact, Requirement("PAY-15"), Requirement("PROD-04")]
    public async Task The_menu_leads_to_four_groups_with_their_kinds_and_the_lists_of_the_forms()
    {
        var arta = await scene.CustomerAsync();
        var lead = (await arta.GetAsync("v1/products")).Json["items"]!.AsArray().Single(one => (string)one!["code"]! == "insurance")!;
        Assert.True((bool)lead["isAvailable"]!);

        var kinds = (await arta.GetAsync(((string)lead["operations"]![0]!)["/api/".Length..])).Json;

        Assert.Equal(
            ["motor: tpl, auto_sos, mini_kasko, green_card", "property: property", "health: health, personal_accident, student_abroad, telehealth", "travel: travel_health"],
            kinds["groups"]!.AsArray().Select(group => $"{group!["group"]}: {string.Join(", ", group["kinds"]!.AsArray().Select(kind => kind!["kind"]))}"));
        Assert.Equal("Property", (string?)kinds["groups"]![1]!["name"]);
        Assert.Equal(
            "schengen tirana individual,business albania,albania_and_europe",
            $"{kinds["travelZones"]![0]!["code"]} {kinds["cities"]![0]!["code"]} {Codes("clientTypes")} {Codes("coverOptions")}");
        Assert.Equal(
            ["/api/v1/insurance/kinds", "/api/v1/insurance/offers", "/api/v1/insurance/quotes", "/api/v1/insurance/policies"],
            lead["operations"]!.AsArray().Select(operation => (string)operation!));

        string Codes(string list) => string.Join(',', kinds[list]!.AsArray().Select(value => value!["code"]));
    }

    private const string Vehicle = """{"plate":"aa123bb","chassis":"WVWZZZ1JZXW000001"}""";

    private const string Email = "\"email\":\"arta@example.com\"";

    [Theory]
    [Requirement("PAY-16"), Requirement("PAY-17"), Requirement("PAY-18"), Requirement("PAY-19"), Requirement("PAY-20"), Requirement("PAY-21"), Requirement("PAY-22"), Requirement("PAY-23")]
    [Requirement("PAY-24"), Requirement("PAY-25"), Requirement("PAY-26"), Requirement("PAY-27"), Requirement("PAY-28")]
    [InlineData(
        "tpl", Vehicle,
        "\"tpl\":{\"start\":\"@0\",\"city\":\"tirana\",\"address\":\"Rruga e Elbasanit 1\",\"phone\":\"069 123 4567\",\"firstUser\":\"I50101123K\",\"secondUser\":\"j45678901a\"}",
        "12000.00 ALL AA123BB @0 @0y1 email_copy_then_original original")]
    [InlineData(
        "autoSos", """{"period":"one_month","plate":"AA123BB","coverOption":"albania_and_europe"}""", "\"autoSos\":{\"clientType\":\"individual\",\"start\":\"@28\",\"end\":\"@28m1\"}",
        "2500.00 ALL AA123BB @28 @28m1 email_copy_then_original original")]
    [InlineData(
        "miniKasko", Vehicle,
        "\"miniKasko\":{\"start\":\"@0\",\"owner\":{\"firstName\":\"Drita\",\"lastName\":\"Leka\",\"personalNumber\":\"J15506078A\",\"birthDate\":\"1991-05-06\"},\"secondUser\":{\"firstName\":\"Ana\",\"lastName\":\"Leka\",\"personalNumber\":\"J45678901A\",\"birthDate\":\"1994-06-07\"}}",
        "18000.00 ALL AA123BB @0 @0y1 email ")]
    [InlineData(
        "greenCard", """{"period":"fifteen_days","plate":"AA123BB","chassis":"WVWZZZ1JZXW000001"}""",
        "\"greenCard\":{\"start\":\"@0\",\"city\":\"vlora\",\"address\":\"Lungomare 1\",\"phone\":\"+355691234567\",\"driver\":\"second_user\",\"secondUser\":\"J15506078A\"}",
        "9000.00 ALL AA123BB @0 @0d15 email ")]
    [InlineData(
        "property", """{"owner":"J15506078A","area":120}""",
        "\"property\":{\"start\":\"@0\",\"city\":\"durres\",\"administrativeZone\":\"3\",\"propertyNumber\":\"12/4-1\",\"cadastralZone\":\"8512\",\"address\":\"Rruga Taulantia\"}",
        "4800.00 ALL J•••••••8A @0 @0y1 email ")]
    [InlineData("health", """{"travelZone":"schengen","start":"@0","end":"@17"}""", "", "1500.00 ALL Arta Hoxha @0 @17 email ")]
    [InlineData("personalAccident", """{"insured":"J15506078A","start":"@1"}""", "", "4000.00 ALL J•••••••8A @1 @1y1 email ")]
    [InlineData(
        "studentAbroad", """{"firstName":"Ana","lastName":"Leka","birthDate":"2004-06-07","personalNumber":"K45607078A","start":"@1","family":["J15506078A"]}""", "",
        "4000.00 ALL Ana Leka @1 @1y1 email ")]
    [InlineData("telehealth", InsuranceBank.Telehealth, Email, "3000.00 ALL Drita Leka @1 @1y1 email ")]
    [InlineData(
        "travelHealth", """{"personalNumber":"J15506078A","birthDate":"1991-05-06","travelZone":"world","start":"@1","end":"@1"}""", "",
        "1500.00 ALL J•••••••8A @1 @1 email ")]
    public async Task Each_kind_is_offered_bought_and_issued(string kind, string questions, string details, string expected)
    {
        var arta = await scene.InsuredAsync();
        var account = await arta.OpenAccountAsync("20000.00");

        var offers = await scene.AskAsync(arta, kind, questions);
        var offer = offers.Json["offers"]!.AsArray().Single(one => (string)one!["insurer"]! == "Adriatik Sigurime")!;
        Assert.Equal("30 minutes What Adriatik Sigurime covers, and what it does not.", $"{Minutes(offer)} minutes {offer["details"]}");
        Assert.Equal(kind == "autoSos" ? "SANDB0XAA123BB000" : null, (string?)offer["chassis"]);
        var isMotor = kind is "tpl" or "autoSos" or "miniKasko" or "greenCard" or "property";
        var quote = await scene.QuoteAsync(arta, InsuranceBank.OfferOf(offers), account, isMotor ? $"{Email},{details}" : details);
        Assert.Equal(isMotor || details.Length > 0 ? "arta@example.com" : $"c{arta.Number}@example.com", (string?)quote.Json["email"]);
        var bought = await InsuranceBank.BuyAsync(arta, quote);
        Assert.Equal("202 ordered", $"{bought.Status} {bought.Json["state"]}");

        var policy = (await arta.GetOnceAsync($"v1/insurance/policies/{bought.Json["id"]}", answer => (bool)answer.Json["hasDocument"]!)).Json;
        Assert.Equal(
            scene.Dated($"issued {kind} {expected}").Replace(" original", $" {scene.OriginalBy}", StringComparison.Ordinal),
            $"{policy["state"]} {Camel((string)policy["kind"]!)} {Sender.Amount(policy["premium"])} {policy["insured"]} {policy["start"]} {policy["end"]} {policy["delivery"]} {policy["originalBy"]}");
        Assert.StartsWith("ADR-", (string)policy["policyNumber"]!, StringComparison.Ordinal);
    }

    /// <summary>How long an offer is good, in whole minutes; the sandbox's clock runs.</summary>
    private double Minutes(JsonNode offer) => Math.Round((DateTimeOffset.Parse((string)offer["validUntil"]!, System.Globalization.CultureInfo.InvariantCulture) - scene.Now).TotalMinutes);

    private static string Camel(string code) => string.Concat(code.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    [Theory]
    [Requirement("PAY-16"), Requirement("PAY-19"), Requirement("PAY-20"), Requirement("PAY-23"), Requirement("PAY-24"), Requirement("PAY-25"), Requirement("PAY-26"), Requirement("PAY-27"), Requirement("PAY-28")]
    [InlineData("tpl", """{"plate":"AA 123","chassis":"WVWZZZ1JZXW00000O"}""", "/tpl/plate pattern_mismatch", "/tpl/chassis pattern_mismatch")]
    [InlineData("autoSos", """{"period":"six_months","plate":"AA123BB","coverOption":"moon"}""", "/autoSos/coverOption insurance_value_unknown", "/autoSos/period unknown_code")]
    [InlineData("property", """{"owner":"5501011230","area":0}""", "/property/owner pattern_mismatch", "/property/area number_out_of_range")]
    [InlineData(
        "health", """{"travelZone":"moon","start":"@-1","end":"@-2","personalNumber":"I50101123K"}""",
        "/health/end end_before_start", "/health/personalNumber unknown_member", "/health/start insurance_start_past", "/health/travelZone insurance_value_unknown")]
    [InlineData("personalAccident", """{"insured":"I50101123K","start":"@-1"}""", "/personalAccident/start insurance_start_past")]
    [InlineData(
        "studentAbroad", """{"firstName":"Ana","lastName":"Leka","birthDate":"2030-01-01","personalNumber":"K45607078A","start":"@1","family":["J15506078A","k45607078a","J15506078A"]}""",
        "/studentAbroad/birthDate birth_date_in_future", "/studentAbroad/family/1 person_repeated", "/studentAbroad/family/2 person_repeated")]
    [InlineData(
        "telehealth", """{"start":"@-2","firstName":"","lastName":"Leka","birthDate":"1991-05-06","fathersName":"Gjergj","personalNumber":"J15506078A"}""",
        "/telehealth/firstName too_short", "/telehealth/start insurance_start_past")]
    [InlineData(
        "travelHealth", """{"personalNumber":"J15506078A","birthDate":"1991-05-06","travelZone":"world","start":"@2","end":"@1"}""", "/travelHealth/end end_before_start")]
    [InlineData("boat", "{}", "/boat unknown_member")]
    public async Task Everything_that_is_wrong_with_a_form_is_told_at_once(string kind, string questions, params string[] expected)
    {
        var refused = await scene.AskAsync(await scene.CustomerAsync(), kind, questions);

        Assert.Equal(["400 invalid_input", .. expected.Order(StringComparer.Ordinal)], Faults(refused));
    }

    private static string[] Faults(Answer refused) =>
        [$"{refused.Status} {refused.Json["code"]}", .. refused.ToString().Split('\n')[1..].Order(StringComparer.Ordinal)];

    [Fact, Requirement("PAY-16"), Requirement("PAY-24")]
    public async Task An_insurer_that_is_down_hides_nobody_and_offers_are_good_for_their_time_and_for_their_customer()
    {
        var (arta, besa) = (await scene.InsuredAsync(), await scene.CustomerAsync());
        var account = await arta.OpenAccountAsync("20000.00");
        Assert.Equal("422 personal_number_not_on_file", (await scene.AskAsync(besa, "health", """{"travelZone":"world","start":"@1","end":"@2"}""")).ToString());
        Assert.Equal("400 insurance_kind_not_named", Short(await besa.CallAsync("POST", "v1/insurance/offers", "{}")));
        Assert.Equal("400 insurance_kind_not_named", Short(await besa.CallAsync("POST", "v1/insurance/offers", $$"""{"tpl":{{Vehicle}},"miniKasko":{{Vehicle}}}""")));
        await scene.TurnAsync("iliria", """{"errorRate":1}""");

        var offers = await scene.AskAsync(arta, "tpl", Vehicle);
        Assert.Equal(
            ["Shqiponja Sigurime 11400.00 ALL 4", "Adriatik Sigurime 12000.00 ALL 30"],
            offers.Json["offers"]!.AsArray().Select(offer => $"{offer!["insurer"]} {Sender.Amount(offer["price"])} {Minutes(offer)}"));
        Assert.Equal("[\"Iliria Siguracion\"]", offers.Json["silentInsurers"]!.ToJsonString());

        var unknown = await scene.AskAsync(arta, "tpl", """{"plate":"ZZ123BB","chassis":"WVWZZZ1JZXW000001"}""");
        Assert.Equal("422 insurance_input_rejected", unknown.ToString());
        Assert.Equal(
            ["Adriatik Sigurime vehicle_unknown /plate", "Shqiponja Sigurime vehicle_unknown /plate"],
            unknown.Json["rejections"]!.AsArray().Select(one => $"{one!["insurer"]} {one["code"]} {one["fields"]![0]}"));
        Assert.Equal("422 no_insurance_offers", (await scene.AskAsync(arta, "tpl", """{"plate":"XX123BB","chassis":"WVWZZZ1JZXW000001"}""")).ToString());
        await scene.TurnAsync(null, """{"errorRate":1}""");
        Assert.Equal("503 insurers_unavailable", (await scene.AskAsync(arta, "tpl", Vehicle)).ToString());
        await scene.TurnAsync(null, "{}");

        const string rest = """" "email":"arta@example.com","tpl":{"start":"@0","city":"tirana","address":"Rruga 1","phone":"0691234567"}"""";
        var mine = InsuranceBank.OfferOf(offers, "Shqiponja Sigurime");
        var hers = await besa.OpenAccountAsync("0.00");
        Assert.Equal("404 offer_not_found", (await scene.QuoteAsync(besa, mine, hers, rest)).ToString());
        Assert.Equal("404 account_not_found", (await scene.QuoteAsync(arta, mine, hers, rest)).ToString());

        // The purchase has faults of its own, told at once with those of its form.
        Assert.Equal(
            ["400 invalid_input", "/email insurance_email_missing", "/tpl/city insurance_value_unknown", "/tpl/secondUser person_repeated", "/tpl/start insurance_start_past"],
            Faults(await scene.QuoteAsync(
                arta, mine, account,
                """" "tpl":{"start":"@-1","city":"paris","address":"Rruga 1","phone":"0691234567","firstUser":"I50101123K","secondUser":"I50101123K"}"""")));
        Assert.Equal(["400 invalid_input", "/email pattern_mismatch", "/tpl/phone pattern_mismatch"], Faults(await scene.QuoteAsync(
            arta, mine, account, """" "email":"arta@","tpl":{"start":"@0","city":"tirana","address":"Rruga 1","phone":"12"}"""")));
        Assert.Equal(["400 invalid_input", "/miniKasko insurance_kind_not_named"], Faults(await scene.QuoteAsync(
            arta, mine, account, """" "email":"arta@example.com","miniKasko":{"start":"@0","owner":{"firstName":"A","lastName":"B","personalNumber":"I50101123K","birthDate":"1985-01-01"}}"""")));
        var sos = InsuranceBank.OfferOf(await scene.AskAsync(arta, "autoSos", """{"period":"one_year","plate":"AA123BB","coverOption":"albania"}"""));
        var misfit = await scene.QuoteAsync(arta, sos, account, """" "email":"arta@example.com","autoSos":{"clientType":"alien","start":"@0","end":"@1y1"}"""");
        Assert.Equal(["400 invalid_input", "/autoSos/clientType insurance_value_unknown", "/autoSos/end end_misfits_period"], Faults(misfit));
        var card = InsuranceBank.OfferOf(await scene.AskAsync(arta, "greenCard", """{"period":"one_year","plate":"AA123BB","chassis":"WVWZZZ1JZXW000001"}"""));
        Assert.Equal(["400 invalid_input", "/greenCard/secondUser second_user_mismatch"], Faults(await scene.QuoteAsync(
            arta, card, account, """" "email":"arta@example.com","greenCard":{"start":"@0","city":"tirana","address":"Rruga 1","phone":"0691234567","driver":"second_user"}"""")));

        // Prepared in time, confirmed when the insurer does not hold it any more; and afterwards it is not prepared either.
        var quote = await scene.QuoteAsync(arta, mine, account, rest);
        Assert.Equal("400 insurance_terms_not_accepted", Short(await InsuranceBank.BuyAsync(arta, quote, terms: "2020-01")));
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(4.5));
        Assert.Equal("409 offer_expired", (await InsuranceBank.BuyAsync(arta, quote)).ToString());
        Assert.Equal("409 offer_expired", (await scene.QuoteAsync(arta, mine, account, rest)).ToString());
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("409 quote_expired", (await InsuranceBank.BuyAsync(arta, quote)).ToString());
        Assert.Equal("20000.00 ALL", await arta.BalanceAsync(account));
    }

    private static string Short(Answer answer) => answer.ToString().Split('\n')[0] is "400 invalid_input" ? $"400 {answer.ToString().Split('\n')[1].Split(' ')[^1]}" : answer.ToString().Split('\n')[0];

    [Fact, Requirement("PAY-17"), Requirement("PAY-18"), Requirement("PAY-44"), Requirement("PAY-50"), ProvesRace("Insurance_BuyPolicy")]
    public async Task A_policy_is_paid_from_an_account_in_euro_once_with_receipt_history_and_document()
    {
        var arta = await scene.InsuredAsync();
        var account = await arta.OpenAccountAsync("100.00", "EUR");
        var (own, relatives) = ("M15506078B", "M45678901B");
        var questions = InsuranceBank.Telehealth.Replace("J15506078A", own, StringComparison.Ordinal).Replace("J45678901A", relatives, StringComparison.Ordinal);
        var quote = await scene.QuoteAsync(arta, InsuranceBank.OfferOf(await scene.AskAsync(arta, "telehealth", questions)), account);

        // The sample settings buy EUR at 97.20: 3000 / 97.20 = 30.8641..., rounded up.
        Assert.Equal("3000.00 ALL 30.87 EUR 97.20 true Drita Leka", $"{Sender.Amount(quote.Json["premium"])} {Sender.Amount(quote.Json["debit"])} {quote.Json["exchangeRate"]} {quote.Json["fundsSuffice"]} {quote.Json["insured"]}");
        Assert.Equal("insurance_payment 3000.00 ALL Adriatik Sigurime, Teleshëndeti, Drita Leka", $"{quote.Json["confirmation"]!["facts"]!["operation"]} {Sender.Amount(quote.Json["confirmation"]!["facts"]!["amount"])} {quote.Json["confirmation"]!["facts"]!["payee"]}");
        using var client = scene.Bank.Client(arta.Token);
        var bought = await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/v1/insurance/policies", InsuranceBank.Confirmation(quote)),
            async () => (await arta.GetAsync("v1/insurance/policies")).Json["items"]!.AsArray().Count, callers: 4);
        Assert.Equal("409 purchase_already_confirmed", (await InsuranceBank.BuyAsync(arta, quote, "k")).ToString());
        var other = await scene.QuoteAsync(arta, InsuranceBank.OfferOf(await scene.AskAsync(arta, "telehealth", questions)), account);
        Assert.Equal("404 quote_not_found", (await InsuranceBank.BuyAsync(await scene.CustomerAsync(), other)).ToString());
        Assert.Equal("422 idempotency_key_reused", (await InsuranceBank.BuyAsync(arta, other, "k")).ToString());
        var id = (string)bought.Json["id"]!;

        var policy = (await arta.GetOnceAsync($"v1/insurance/policies/{id}", answer => (bool)answer.Json["hasDocument"]!)).Json;
        Assert.Equal(["ordered", "booking", "issued"], policy["timeline"]!.AsArray().Select(step => (string)step!["state"]!));
        Assert.Equal(["-30.87 EUR insurance_payment"], (await arta.EntriesAsync(account))[..1]);
        Assert.Equal("69.13 EUR", await arta.BalanceAsync(account));
        Assert.Equal($"issued {policy["policyNumber"]}", await scene.OrderAsync("adriatik", id));

        var link = await arta.GetAsync($"v1/insurance/policies/{id}/document");
        var pdf = await scene.Bank.Anonymous.GetByteArrayAsync(((string)link.Json["url"]!)[1..]);
        Assert.Contains($"Policy {policy["policyNumber"]}", System.Text.Encoding.ASCII.GetString(pdf), StringComparison.Ordinal);
        var receipt = await arta.GetAsync($"v1/operations/{policy["operationId"]}/receipt");
        var text = string.Join(' ', PdfText.PagesOf(await scene.Bank.Anonymous.GetByteArrayAsync(((string)receipt.Json["pdf"]!["url"]!)[1..])));
        Assert.Contains("30.87 EUR", text, StringComparison.Ordinal);
        Assert.Contains("Adriatik Sigurime", text, StringComparison.Ordinal);
        Assert.Equal((string?)policy["operationId"], (string?)(await arta.GetAsync($"v1/operations/insurance-{Guid.Parse(id):N}")).Json["operation"]!["id"]);
        Assert.Equal(["Adriatik Sigurime has issued your policy and sends it by e-mail; 3000.00 ALL were paid."], await scene.PushesAsync(arta));

        var terms = (await arta.GetAsync("v1/approvals")).Json["items"]!.AsArray().Single()!;
        Assert.Equal("approved Terms of insurance: Telehealth", $"{terms["status"]} {terms["document"]!["title"]}");

        // Nobody else sees it; and of those who are insured nothing lies about that the policy does not name.
        var besa = await scene.CustomerAsync();
        Assert.Equal("404 policy_not_found", (await besa.GetAsync($"v1/insurance/policies/{id}")).ToString());
        Assert.Equal("404 policy_not_found", (await besa.GetAsync($"v1/insurance/policies/{id}/document")).ToString());
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(2));
        await scene.Bank.Host.FireTimerAsync("Insurance_EraseOffers");
        var secrets = new Secrets();
        secrets.Add("a personal number", own);
        secrets.Add("the personal number of a relative", relatives);
        Assert.Empty(await scene.Bank.FindSecretsAsync(secrets: secrets));
        await scene.ProveAsync();
    }

    [Fact, Requirement("PAY-17"), Requirement("PAY-51"), Rehearses("policy-in-doubt")]
    public async Task What_the_insurer_refuses_is_given_back_and_told_of_and_too_little_money_orders_nothing()
    {
        var arta = await scene.InsuredAsync();
        var account = await arta.OpenAccountAsync("3000.00");
        await scene.TurnAsync("adriatik", """{"refuseWith":"risk_too_high","duplicateAnswers":true}""");

        var id = await scene.OrderedAsync(arta, account);
        var refused = (await InsuranceBank.OnceAsync(arta, id, "refused")).Json;
        await scene.TurnAsync("adriatik", "{}");

        Assert.Equal("risk_too_high", (string?)refused["refusalCode"]);
        Assert.Equal(["Adriatik Sigurime did not issue the policy that you ordered. The 3000.00 ALL held for it are available again."], await scene.PushesAsync(arta));
        Assert.Equal("409 policy_document_missing", (await arta.GetAsync($"v1/insurance/policies/{id}/document")).ToString());
        var failed = (await arta.GetAsync("v1/operations?state=failed")).Json["items"]!.AsArray().Single()!;
        Assert.Equal("insurance_payment 3000.00 ALL risk_too_high", $"{failed["type"]} {Sender.Amount(failed["amount"])} {failed["failureCode"]}");
        Assert.Equal("3000.00 ALL", Sender.Amount((await arta.GetAsync($"v1/accounts/{account.Id}")).Json["available"]));

        // Held for one, there is not enough for another.
        await scene.TurnAsync(null, """{"pendingRate":1,"settleAfterMs":null}""");
        var pending = await scene.OrderedAsync(arta, account);
        Assert.Equal("0.00 ALL", Sender.Amount((await arta.GetAsync($"v1/accounts/{account.Id}")).Json["available"]));
        var quote = await scene.QuoteAsync(arta, InsuranceBank.OfferOf(await scene.AskAsync(arta, "telehealth", InsuranceBank.Telehealth)), account);
        Assert.False((bool)quote.Json["fundsSuffice"]!);
        Assert.Equal("422 insufficient_funds", (await InsuranceBank.BuyAsync(arta, quote)).ToString());

        // The insurer's word comes by webhook: of another insurer it counts nothing, and twice it counts once.
        var other = await scene.WebhookAsync("iliria", "policy.issued", InsuranceBank.Word(pending, "issued", "ILI-1"));
        Assert.Equal((204, "ordered"), (other.Status, (string?)(await arta.GetAsync($"v1/insurance/policies/{pending}")).Json["state"]));
        Assert.Equal("400 webhook_not_understood", Short(await scene.WebhookAsync("adriatik", "policy.issued", InsuranceBank.Word(pending, "issued"))));
        Assert.Equal(204, (await scene.WebhookAsync("adriatik", "policy.forgotten", [])).Status);
        await scene.TurnAsync(null, """{"duplicateAnswers":true}""");
        await scene.Bank.Host.Workflows.TerminateInstanceAsync(Guid.Parse(pending).ToString("N"));
        using var settled = await scene.Bank.Sandbox.PostAsync($"insurers/adriatik/orders/{Guid.Parse(pending):N}/settlement", HttpBank.Json("{}"));
        settled.EnsureSuccessStatusCode();
        await InsuranceBank.OnceAsync(arta, pending, "booking");

        // Its workflow was lost meanwhile: the timer finds it.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(2));
        await scene.Bank.Host.FireTimerAsync("Insurance_SweepPurchases");
        var issued = await arta.GetOnceAsync($"v1/insurance/policies/{pending}", answer => (bool)answer.Json["hasDocument"]!);
        Assert.Equal(204, (await scene.WebhookAsync("adriatik", "policy.refused", InsuranceBank.Word(pending, "refused"))).Status);
        Assert.Contains(scene.Log.Lines, line => line.Contains($"purchase {pending}, whose policy it has issued and been paid for", StringComparison.Ordinal));
        Assert.Equal(issued.Text, (await arta.GetAsync($"v1/insurance/policies/{pending}")).Text);
        Assert.Equal(["-3000.00 ALL insurance_payment"], (await arta.EntriesAsync(account))[..1]);
        await scene.TurnAsync(null, "{}");
        await scene.ProveAsync();
    }

    [Fact, Requirement("PAY-17"), Requirement("PAY-51"), Requirement("PAY-45")]
    public async Task An_insurer_that_does_not_answer_in_time_is_given_up_and_a_policy_that_comes_too_late_is_called_off()
    {
        var arta = await scene.InsuredAsync();
        var account = await arta.OpenAccountAsync("3000.00");
        var quote = await scene.QuoteAsync(arta, InsuranceBank.OfferOf(await scene.AskAsync(arta, "telehealth", InsuranceBank.Telehealth)), account);
        await scene.TurnAsync("adriatik", """{"loseAnswerRate":1,"pendingRate":1,"settleAfterMs":null}""");
        var id = (string)(await InsuranceBank.BuyAsync(arta, quote)).Json["id"]!;
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("pending", await scene.OrderAsync("adriatik", id));

        // A day of silence: the money is free again, although the insurer does not take the cancellation.
        await scene.TurnAsync("adriatik", """{"errorRate":1}""");
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(25), asleep: true);
        arta = await scene.SignInAsync(arta.Number);
        var lapsing = (await InsuranceBank.OnceAsync(arta, id, "lapsing")).Json;
        Assert.Equal("insurer_silent", (string?)lapsing["refusalCode"]);
        await Eventually.IsTrueAsync(async () => Sender.Amount((await arta.GetAsync($"v1/accounts/{account.Id}")).Json["available"]) == "3000.00 ALL");

        // Now it issues the policy, and is told that it is off as soon as it listens.
        using var settled = await scene.Bank.Sandbox.PostAsync($"insurers/adriatik/orders/{Guid.Parse(id):N}/settlement", HttpBank.Json("{}"));
        settled.EnsureSuccessStatusCode();
        Assert.Equal("503 insurers_unavailable", (await scene.WebhookAsync("adriatik", "policy.issued", InsuranceBank.Word(id, "issued", "ADR-9"))).ToString());
        await scene.TurnAsync("adriatik", "{}");
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(1), asleep: true);
        arta = await scene.SignInAsync(arta.Number);
        await InsuranceBank.OnceAsync(arta, id, "lapsed");
        Assert.Equal("cancelled", (await scene.OrderAsync("adriatik", id))!.Split(' ')[0]);

        // Long after everything is over, too.
        Assert.Equal(204, (await scene.WebhookAsync("adriatik", "policy.issued", InsuranceBank.Word(id, "issued", "ADR-9"))).Status);
        Assert.Equal(["lapsed"], (await arta.GetAsync("v1/insurance/policies")).Json["items"]!.AsArray().Select(policy => (string)policy!["state"]!));
        Assert.Single(await scene.PushesAsync(arta));
        Assert.Equal("3000.00 ALL", await arta.BalanceAsync(account));
        await scene.ProveAsync();
    }
}
