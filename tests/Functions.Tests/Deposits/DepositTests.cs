using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Banking.Deposits;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Deposits;

/// <summary>Term deposits, from the product menu to their maturity (LDP-04 to LDP-10, LDP-25 to LDP-27, LDP-30, LDP-32, PROD-03).</summary>
public sealed class DepositTests(DepositsBank scene) : IClassFixture<DepositsBank>
{
    [Fact, Requirement("PROD-03"), Requirement("LDP-04"), Requirement("LDP-05"), Requirement("LDP-06"), Requirement("LDP-07"), Requirement("LDP-08"), Requirement("LDP-09")]
    [Requirement("LDP-26"), Requirement("LDP-27"), Requirement("LDP-30"), ProvesRace("Deposits_Confirm")]
    public async Task A_deposit_is_found_in_the_menu_prepared_in_two_ways_and_opened_once_with_its_signed_terms()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var (lek, euro) = (await arta.OpenAccountAsync("250000.00"), await arta.OpenAccountAsync("1000.00", "EUR"));

        // The menu leads to the products, and to both ways.
        var entry = (await arta.GetAsync("v1/products")).Json["items"]!.AsArray().Single(one => (string)one!["code"]! == "open_deposit")!;
        Assert.Equal(
            "/api/v1/deposit-products /api/v1/deposits/by-product/quotes /api/v1/deposits/by-maturity-date/quotes True",
            $"{string.Join(' ', entry["operations"]!.AsArray())} {entry["isAvailable"]}", ignoreCase: true);
        var offered = (await arta.GetAsync(((string)entry["operations"]![0]!)["/api/".Length..])).Json;
        Assert.Equal(["by_product", "by_maturity_date"], offered["openingWays"]!.AsArray().Select(way => (string)way!));
        Assert.Equal("ALL 50000.00,EUR 500.00,GBP 500.00,USD 500.00", string.Join(',', offered["currencies"]!.AsArray().Select(one => $"{one!["currency"]} {one["minimum"]!["amount"]}")));
        Assert.Equal("months-1 1,months-3 3,months-6 6,months-12 12,months-24 24,months-36 36,months-60 60", string.Join(',', offered["products"]!.AsArray().Select(one => $"{one!["productId"]} {one["months"]}")));
        var (earliest, latest) = (scene.Today.AddDays(40), scene.Today.AddMonths(60));
        Assert.Equal(
            $"40 60 {earliest:O} {latest:O} 15.00 https://www.bkt.com.al/investo/buletini-i-normave-te-interesit",
            $"{offered["byMaturityDate"]!["minimumDays"]} {offered["byMaturityDate"]!["maximumMonths"]} {offered["byMaturityDate"]!["earliest"]} {offered["byMaturityDate"]!["latest"]} {offered["taxPercent"]} {offered["bulletinUrl"]}");
        Assert.Contains("closed only in a branch", await PdfAsync(offered["products"]![0]!["terms"]!), StringComparison.Ordinal);

        // What is wrong with the input comes together, what the bank refuses one by one.
        async Task<string> AskAsync(string product, OpenedAccount from, string amount, string? renewal = null, bool? renews = null, string? currency = null)
        {
            var answer = await DepositsBank.QuoteAsync(arta, product, from, amount, renewal, renews, currency);
            return $"{answer} {answer.Json["earliest"]}{answer.Json["latest"]}{answer.Json["minimum"]?["amount"]}".TrimEnd();
        }

        Assert.Equal(
            "400 invalid_input\n/amount/currency deposit_currency_not_offered\n/renewalType renewal_not_wanted", await AskAsync("months-12", lek, "60000.00", "principal", renews: false, currency: "CHF"));
        Assert.Equal("422 renewal_type_required", await AskAsync("months-12", lek, "60000.00", renews: true));
        Assert.Equal("422 product_not_available", await AskAsync("months-13", lek, "60000.00"));
        Assert.Equal("422 product_not_available", await AskAsync("months-60", euro, "600.00", currency: "USD"));
        Assert.Equal($"422 maturity_too_soon {earliest:O}", await AskAsync($"{earliest.AddDays(-1):O}", lek, "60000.00"));
        Assert.Equal($"422 maturity_too_late {latest:O}", await AskAsync($"{latest.AddDays(1):O}", lek, "60000.00"));
        Assert.Equal("422 account_currency_mismatch", await AskAsync("months-12", lek, "600.00", currency: "EUR"));
        Assert.Equal("422 below_minimum 50000.00", await AskAsync("months-12", lek, "49999.99"));
        Assert.Equal("422 below_minimum 500.00", await AskAsync($"{earliest:O}", euro, "499.99"));
        Assert.Equal("422 insufficient_funds", await AskAsync("months-12", lek, "250000.01"));
        Assert.Equal("404 account_not_found", await AskAsync("months-12", await (await scene.CustomerAsync()).OpenAccountAsync("0.00"), "60000.00"));

        // By product: the rate is filled in, and the terms are a document.
        var quote = await DepositsBank.QuoteAsync(arta, "months-12", lek, "100000.00", "principal_and_interest");
        Assert.Equal("2.20 2206.02 330.91 1875.11 101875.11 True", Gain(quote.Json), ignoreCase: true);
        Assert.Equal(scene.Today.AddMonths(12).ToString("O"), (string)quote.Json["maturityDate"]!);
        Assert.Contains("12 months", await PdfAsync(quote.Json["terms"]!), StringComparison.Ordinal);
        using var client = scene.Bank.Client(arta.Token);
        Assert.Equal("422 terms_not_accepted", (await scene.Bank.CallAsync("POST", "v1/deposits", DepositsBank.Confirmation(quote, accepts: false), arta.Token, TransferBank.WithKey())).ToString());
        var opened = await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/deposits", DepositsBank.Confirmation(quote)), CountAsync);
        Assert.Equal("409 deposit_already_confirmed", (await scene.Bank.CallAsync("POST", "v1/deposits", DepositsBank.Confirmation(quote), arta.Token, TransferBank.WithKey())).ToString());

        // By maturity date, in euros; one key is one order, and money is spent once.
        var (first, other) = (await DepositsBank.QuoteAsync(arta, $"{earliest:O}", euro, "500.00"), await DepositsBank.QuoteAsync(arta, "months-3", euro, "600.00", "principal"));
        Assert.Equal("0.30 0.16 0.03 0.13 500.13 True", Gain(first.Json), ignoreCase: true);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, "api/v1/deposits", DepositsBank.Confirmation(first)), DepositsBank.Confirmation(other), async () => await CountAsync() - 1, 4);
        Assert.Equal("150000.00 ALL", await arta.BalanceAsync(lek));
        var line = (await arta.GetAsync($"v1/operations?accounts={lek.Id}&state=booked")).Json["items"]![0]!;
        Assert.Equal($"deposit_opening Term deposit {opened.Json["contractNumber"]} 100000.00 ALL outgoing", $"{line["type"]} {line["description"]} {Sender.Amount(line["amount"])} {line["direction"]}");
        Assert.Equal(200, (await arta.GetAsync($"v1/operations/{line["id"]}/receipt")).Status);

        // Its details, to its owner alone; among the finances; nothing else can be done with its money.
        var id = (string)opened.Json["depositId"]!;
        var details = await arta.GetAsync($"v1/deposits/{id}");
        Assert.True(JsonNode.DeepEquals(opened.Json, details.Json), details.ToString());
        Assert.Equal(
            "active 100000.00 ALL 12 principal_and_interest branch_only True",
            $"{details.Json["state"]} {Sender.Amount(details.Json["initialBalance"])} {details.Json["maturityPeriod"]!["months"]} {details.Json["renewalType"]} {details.Json["earlyClosing"]} {details.Json["autoRenew"]}",
            ignoreCase: true);
        var besa = await scene.CustomerAsync();
        Assert.Equal("404 deposit_not_found", (await besa.GetAsync($"v1/deposits/{id}")).ToString());
        var summary = (await arta.GetAsync("v1/finances/summary")).Json["sections"]!.AsArray().ToDictionary(section => (string)section!["name"]!, section => section!["items"]!.AsArray());
        Assert.Contains($"{details.Json["contractNumber"]} 100000.00 ALL /api/v1/deposits/{id}", summary["deposits"].Select(item => $"{item!["number"]} {Sender.Amount(item["amount"])} {item["link"]}"));
        Assert.Equal("by_product by_maturity_date", string.Join(' ', summary["add_deposit"].Select(item => item!["id"])));
        Assert.Equal("404 account_not_found", (await arta.QuoteOwnAsync(new OpenedAccount(Guid.Parse(id), "", "ALL"), lek, "1.00")).ToString());
        Assert.Equal("404 account_not_found", (await arta.GetAsync($"v1/accounts/{id}")).ToString());

        // The signed terms are among the approvals.
        await scene.Bank.WhenIdleAsync();
        var approvals = (await arta.GetAsync("v1/approvals")).Json["items"]!.AsArray().Where(one => (string)one!["document"]!["process"]! == "deposit_contract").ToArray();
        Assert.Equal(["approved", "approved"], approvals.Select(one => (string)one!["status"]!));
        var contract = approvals.Single(one => ((string)one!["document"]!["title"]!).Contains((string)details.Json["contractNumber"]!, StringComparison.Ordinal))!;
        var text = await PdfAsync((await arta.GetAsync($"v1/approvals/{contract["id"]}")).Json["document"]!);
        Assert.Contains("1875.11 ALL", text, StringComparison.Ordinal);
        Assert.Contains("Arta Hoxha", text, StringComparison.Ordinal);

        // What is held about the customer tells of it.
        var export = await scene.Bank.CallAsync(
            "GET", $"backoffice/v1/customers/{arta.Number}/personal-data", token: await scene.Bank.TokenAsync(new() { ["staff"] = "compliance-1", ["roles"] = "compliance" }));
        Assert.Superset(new HashSet<string>(["deposits", "depositEntries"]), export.Json["sections"]!.AsArray().Select(section => (string)section!["name"]!).ToHashSet());
        await scene.ProveAsync();

        async Task<int> CountAsync() => (await arta.GetAsync("v1/deposits")).Json["items"]!.AsArray().Count;
    }

    [Fact, Requirement("LDP-10"), Requirement("LDP-25"), Requirement("LDP-26"), Requirement("LDP-27"), Requirement("LDP-30"), ProvesRace("Deposits_ChangeRenewal")]
    public async Task At_maturity_each_deposit_is_renewed_or_paid_out_as_chosen_once_and_on_a_working_day()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (main, blocked, closed) = (await arta.OpenAccountAsync("300000.00"), await arta.OpenAccountAsync("50000.00"), await arta.OpenAccountAsync("50000.00"));
        var besas = await besa.OpenAccountAsync("50000.00");
        var paid = await scene.OpenAsync(arta, "months-1", main, "100000.00", "principal");
        var renewed = await scene.OpenAsync(arta, "months-1", main, "100000.00", "principal");
        var grown = await scene.OpenAsync(arta, "months-1", main, "100000.00", "principal_and_interest");
        var (waiting, moved) = (await scene.OpenAsync(arta, "months-1", blocked, "50000.00"), await scene.OpenAsync(arta, "months-1", closed, "50000.00"));
        await scene.OpenAsync(besa, "months-1", besas, "50000.00");
        Assert.Equal(200, (await besa.CallAsync("PATCH", "v1/notification-settings", """{"types":[{"typeId":"deposit_maturity","enabled":false}]}""")).Status);
        var late = await DepositsBank.QuoteAsync(arta, "months-1", main, "50000.00");
        Assert.Equal("422 insufficient_funds", late.ToString());
        await scene.Bank.WhenIdleAsync();

        // An account that a deposit comes back to stays open.
        var closing = await scene.Bank.CallAsync(
            "POST", $"backoffice/v1/accounts/{closed.Id}/status-changes", """{"status":"closed","reason":"Mbyllje"}""", await scene.TellerAsync(), TransferBank.WithKey());
        Assert.Equal("422 account_funds_deposits 1", $"{closing} {closing.Json["deposits"]}");

        // Five days before, whoever wants to know is told, once.
        var quote = await DepositsBank.QuoteAsync(besa, "months-1", besas, "50000.00");
        Assert.Equal("422 insufficient_funds", quote.ToString());
        var funds = await besa.OpenAccountAsync("50000.00");
        quote = await DepositsBank.QuoteAsync(besa, "months-1", funds, "50000.00");
        await scene.SleepUntilAsync(new DateOnly(2027, 3, 28));
        await scene.FireAsync("Deposits_RemindDue");
        Assert.Empty(await scene.PushesAsync(arta.Number));
        await scene.SleepUntilAsync(new DateOnly(2027, 3, 29));
        (arta, besa) = (await scene.SignInAsync(arta.Number), await scene.SignInAsync(besa.Number));
        Assert.Equal("409 quote_expired", (await scene.Bank.CallAsync("POST", "v1/deposits", DepositsBank.Confirmation(quote), besa.Token, TransferBank.WithKey())).ToString());
        await scene.FireAsync("Deposits_RemindDue");
        await scene.FireAsync("Deposits_RemindDue");
        Assert.Equal(5, (await scene.PushesAsync(arta.Number)).Count(text => text.EndsWith("matures on 03.04.2027.", StringComparison.Ordinal)));
        Assert.Empty(await scene.PushesAsync(besa.Number));

        // The renewal may be changed until the day before: strongly confirmed, one key one order.
        using var client = scene.Bank.Client(arta.Token);
        var change = new RaceCall(client, HttpMethod.Put, $"api/v1/deposits/{paid}/renewal", DepositsBank.Renewal(null));
        await RaceHarness.SameKeyAsync(change, async () => await DepositsBank.SeeAsync(arta, paid) == "active 100000.00 ALL 0.60 2027-04-03" ? 1 : 0, 4);
        Assert.Equal("422 renewal_type_required", (await scene.Bank.CallAsync("PUT", $"v1/deposits/{paid}/renewal", """{"autoRenew":true}""", arta.Token, TransferBank.WithKey())).ToString());
        Assert.Equal("404 deposit_not_found", (await scene.RenewAsync(besa, paid, "principal")).ToString());
        Assert.Equal(200, (await scene.RenewAsync(arta, grown, "principal", "k")).Status);
        Assert.Equal("422 idempotency_key_reused", (await scene.RenewAsync(arta, grown, null, "k")).ToString());
        Assert.Equal(200, (await scene.RenewAsync(arta, grown, "principal_and_interest")).Status);

        // The third of April is a Saturday: nobody is paid, and it is too late to change.
        await scene.SleepUntilAsync(new DateOnly(2027, 4, 3));
        arta = await scene.SignInAsync(arta.Number);
        await scene.FireAsync("Deposits_MatureDue");
        Assert.Equal("409 renewal_change_too_late", (await scene.RenewAsync(arta, paid, "principal")).ToString());
        Assert.Equal("active 100000.00 ALL 0.60 2027-04-03 / 2027-04-05", $"{await DepositsBank.SeeAsync(arta, paid)} / {(await arta.GetAsync($"v1/deposits/{paid}")).Json["settledOn"]}");

        // On Monday all are: interest to the contract's date, 31 days; the new rate is Monday's, the new term begins on Saturday.
        await scene.SleepUntilAsync(new DateOnly(2027, 4, 5));
        arta = await scene.SignInAsync(arta.Number);
        var status = scene.Bank.Host.Services.GetRequiredService<ChangeAccountStatus>();
        await status.RunAsync(new AccountId(blocked.Id), AccountStatus.Blocked, CancellationToken.None);
        await status.RunAsync(new AccountId(closed.Id), AccountStatus.Closed, CancellationToken.None);
        var rates = scene.Bank.Host.Services.GetRequiredService<IOptionsMonitor<DepositsOptions>>().CurrentValue.Currencies["ALL"].Rates;
        rates["50000"] = rates["50000"].Replace("28:0.60", "28:0.75", StringComparison.Ordinal);
        await scene.FireAsync("Deposits_MatureDue");
        await scene.FireAsync("Deposits_MatureDue");
        Assert.Equal("closed 0.00 ALL 0.60 2027-04-03", await DepositsBank.SeeAsync(arta, paid));
        Assert.Equal("active 100000.00 ALL 0.75 2027-05-03 principal", await DepositsBank.SeeAsync(arta, renewed));
        Assert.Equal("active 100043.30 ALL 0.75 2027-05-03 principal_and_interest", await DepositsBank.SeeAsync(arta, grown));
        Assert.Equal("409 deposit_ended", (await scene.RenewAsync(arta, paid, "principal")).ToString());

        // What a blocked account cannot take waits on the deposit, and customer and desk are told; a closed account's money goes to another one.
        Assert.Equal("payment_waiting 50021.64 ALL 0.60 2027-04-03", await DepositsBank.SeeAsync(arta, waiting));
        Assert.Equal("closed 0.00 ALL 0.60 2027-04-03", await DepositsBank.SeeAsync(arta, moved));
        Assert.Equal(
            ["100043.30 ALL deposit_payout", "43.30 ALL deposit_interest_payout", "50021.64 ALL deposit_payout"],
            (await arta.EntriesAsync(main))[..3].Order(StringComparer.Ordinal));
        Assert.Equal("150108.24 ALL", await arta.BalanceAsync(main));
        Assert.Equal(3, (await arta.GetAsync("v1/deposits")).Json["items"]!.AsArray().Count);
        var pushes = await scene.PushesAsync(arta.Number);
        Assert.Equal(
            "1 2 2 1",
            $"{pushes.Count(text => text.Contains("your account cannot take", StringComparison.Ordinal))} {pushes.Count(text => text.Contains("was renewed", StringComparison.Ordinal))} {pushes.Count(text => text.Contains("has matured:", StringComparison.Ordinal))} {pushes.Count(text => text.StartsWith("The interest", StringComparison.Ordinal))}");
        Assert.Contains(arta.Number, Assert.Single(await scene.MailsAsync("depozitat@example.com")), StringComparison.Ordinal);
        await status.RunAsync(new AccountId(blocked.Id), AccountStatus.Active, CancellationToken.None);
        await scene.FireAsync("Deposits_MatureDue");
        Assert.Equal("50021.64 ALL", await arta.BalanceAsync(blocked));

        // Two months asleep: both terms that ended meanwhile are made up for, in order.
        await scene.SleepUntilAsync(new DateOnly(2027, 6, 7));
        arta = await scene.SignInAsync(arta.Number);
        await scene.FireAsync("Deposits_MatureDue");
        Assert.Equal("active 100000.00 ALL 0.75 2027-07-03 principal", await DepositsBank.SeeAsync(arta, renewed));
        Assert.Equal("active 100149.89 ALL 0.75 2027-07-03 principal_and_interest", await DepositsBank.SeeAsync(arta, grown));
        Assert.Equal("150214.76 ALL", await arta.BalanceAsync(main));
        await scene.ProveAsync();
    }

    /// <summary>Rate, gross interest, tax, gain, final balance, and whether a factor is asked for.</summary>
    private static string Gain(JsonNode quote) =>
        $"{quote["interestPercent"]} {quote["gain"]!["grossInterest"]!["amount"]} {quote["gain"]!["tax"]!["amount"]} {quote["gain"]!["projectedGain"]!["amount"]} {quote["finalBalance"]!["amount"]} {quote["confirmation"]!["required"]}";

    private async Task<string> PdfAsync(JsonNode link)
    {
        using var file = await scene.Bank.Anonymous.GetAsync(((string)link["url"]!)[1..]);
        Assert.True(file.IsSuccessStatusCode, $"{(int)file.StatusCode}");
        return PdfText.Of(await file.Content.ReadAsByteArrayAsync()).ReplaceLineEndings(" ");
    }
}
