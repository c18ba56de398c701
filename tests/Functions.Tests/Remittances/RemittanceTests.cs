using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Remittances;

public sealed class RemittanceTests(RemittanceBank scene) : IClassFixture<RemittanceBank>
{
    [Fact, Requirement("TRF-26")]
    public async Task The_beneficiary_sees_who_sent_what()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var pin = await scene.SentAsync("Hoxha Arta", "150.00");

        var found = await RemittanceBank.LookUpAsync(arta, pin);

        Assert.Equal("200 John Smith US 150.00 EUR available", $"{found.Status} {found.Json["sender"]} {found.Json["senderCountry"]} {Sender.Amount(found.Json["amount"])} {found.Json["state"]}");
    }

    [Fact, Requirement("TRF-26")]
    public async Task Somebody_else_is_refused_without_seeing_anything()
    {
        var besa = await scene.CustomerAsync("Besa Kola");
        var pin = await scene.SentAsync("Arta Hoxha", "150.00");

        var refused = await RemittanceBank.LookUpAsync(besa, pin);

        Assert.Equal("422 beneficiary_differs", refused.ToString());
        Assert.All(new[] { "John", "150", "Arta" }, word => Assert.DoesNotContain(word, refused.Text, StringComparison.Ordinal));
    }

    [Theory, Requirement("TRF-26")]
    [InlineData("00000000000", "404 pin_unknown")]
    [InlineData("paid", "409 remittance_already_paid")]
    [InlineData("cancelled", "409 remittance_cancelled")]
    public async Task What_cannot_be_paid_out_is_told(string pin, string expected)
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        if (!char.IsDigit(pin[0]))
        {
            var state = pin;
            pin = await scene.SentAsync("Arta Hoxha", "150.00");
            using var turned = await scene.Bank.Sandbox.PostAsync($"remitters/ria/remittances/{pin}/{state}", null);
            turned.EnsureSuccessStatusCode();
        }

        Assert.Equal(expected, (await RemittanceBank.LookUpAsync(arta, pin)).ToString());
    }

    [Fact, Requirement("TRF-26"), Requirement("TRF-42")]
    public async Task A_malformed_pin_is_refused_and_PINs_cannot_be_tried_out()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        Assert.StartsWith("400 ", (await RemittanceBank.LookUpAsync(arta, "1234")).ToString(), StringComparison.Ordinal);
        for (var i = 0; i < 10; i++)
            Assert.Equal("404 pin_unknown", (await RemittanceBank.LookUpAsync(arta, "00000000000")).ToString());

        Assert.Equal("429 too_many_requests", (await RemittanceBank.LookUpAsync(arta, "00000000000")).ToString());
    }

    [Fact, Requirement("TRF-27")]
    public async Task It_is_credited_in_the_accounts_currency_once_with_the_shown_rate()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");
        var pin = await scene.SentAsync("Arta Hoxha", "150.00");

        // The sample settings buy EUR at 97.20.
        var quote = await RemittanceBank.QuoteAsync(arta, pin, to);
        Assert.Equal("150.00 EUR 14580.00 ALL 97.20", $"{Sender.Amount(quote.Json["sent"])} {Sender.Amount(quote.Json["credited"])} {quote.Json["exchangeRate"]}");
        var collected = await RemittanceBank.CollectAsync(arta, quote, "one");

        Assert.Equal("201 credited RIA", $"{collected.Status} {collected.Json["state"]} {((string)collected.Json["remitterReference"]!)[..3]}");
        Assert.Equal(["14580.00 ALL remittance"], await arta.EntriesAsync(to));
        Assert.Equal(collected.Text, (await RemittanceBank.CollectAsync(arta, quote, "one")).Text);
        Assert.Equal("409 remittance_already_paid", (await RemittanceBank.CollectAsync(arta, quote, "two")).ToString());
        Assert.Equal("409 remittance_already_paid", (await RemittanceBank.LookUpAsync(arta, pin)).ToString());
        Assert.Equal(collected.Text, (await arta.GetAsync($"v1/remittances/{collected.Json["id"]}")).Text);
        Assert.Equal("404 remittance_not_found", (await (await scene.CustomerAsync()).GetAsync($"v1/remittances/{collected.Json["id"]}")).ToString());
        Assert.Equal("14580.00 ALL", await arta.BalanceAsync(to));
    }

    [Fact, Requirement("TRF-27")]
    public async Task Without_the_terms_with_an_altered_quote_or_to_a_strangers_account_nothing_is_paid()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (to, hers) = (await arta.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        var pin = await scene.SentAsync("Arta Hoxha", "150.00");
        var quote = await RemittanceBank.QuoteAsync(arta, pin, to);

        Assert.StartsWith("400 ", (await RemittanceBank.CollectAsync(arta, quote, terms: null)).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("400 ", (await RemittanceBank.CollectAsync(arta, quote, terms: "2020-01")).ToString(), StringComparison.Ordinal);
        Assert.Equal("404 quote_not_found", (await RemittanceBank.CollectAsync(besa, quote)).ToString());
        Assert.Equal("404 account_not_found", (await RemittanceBank.QuoteAsync(arta, pin, hers)).ToString());
        Assert.Equal("0.00 ALL", await arta.BalanceAsync(to));
    }

    [Fact, Requirement("TRF-27")]
    public async Task A_pin_that_was_paid_or_cancelled_meanwhile_credits_nothing()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");
        var pin = await scene.SentAsync("Arta Hoxha", "150.00");
        var quote = await RemittanceBank.QuoteAsync(arta, pin, to);
        using var paid = await scene.Bank.Sandbox.PostAsync($"remitters/ria/remittances/{pin}/paid", null);

        Assert.Equal("409 remittance_already_paid", (await RemittanceBank.CollectAsync(arta, quote, "one")).ToString());
        Assert.Equal("409 remittance_already_paid", (await RemittanceBank.CollectAsync(arta, quote, "one")).ToString());
        Assert.Equal("0.00 ALL", await arta.BalanceAsync(to));
    }
}

/// <summary>A remitter that is late or down, and a quote that grows old: each test turns knobs or the clock.</summary>
public sealed class LateRemitterTests : IAsyncLifetime
{
    private readonly RemittanceBank scene = new();

    public ValueTask InitializeAsync() => scene.InitializeAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact, Requirement("TRF-27")]
    public async Task Nothing_is_credited_before_the_remitter_confirms_and_then_once()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00", "EUR");
        var quote = await RemittanceBank.QuoteAsync(arta, await scene.SentAsync("Arta Hoxha", "150.00"), to);
        await scene.TurnAsync("""{"pendingRate":1,"settleAfterMs":null}""");

        var pending = await RemittanceBank.CollectAsync(arta, quote, "one");
        Assert.Equal("202 pending", $"{pending.Status} {pending.Json["state"]}");
        Assert.Equal("0.00 EUR", await arta.BalanceAsync(to));

        var id = (string)pending.Json["id"]!;
        using var settled = await scene.Bank.Sandbox.PostAsync($"remitters/ria/payouts/{Guid.Parse(id):N}/settle", null);
        settled.EnsureSuccessStatusCode();
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(30));

        arta = await scene.SignInAsync(arta.Number);
        await arta.GetOnceAsync($"v1/remittances/{id}", answer => (string)answer.Json["state"]! == "credited");
        Assert.Equal(["150.00 EUR remittance"], await arta.EntriesAsync(to));
    }

    [Fact, Requirement("TRF-26"), Requirement("TRF-27")]
    public async Task A_remitter_that_is_down_or_loses_its_answers_is_asked_again_and_pays_once_and_an_old_quote_is_refused()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00", "EUR");
        var (pin, late) = (await scene.SentAsync("Arta Hoxha", "150.00"), await scene.SentAsync("Arta Hoxha", "10.00"));
        var (quote, old) = (await RemittanceBank.QuoteAsync(arta, pin, to), await RemittanceBank.QuoteAsync(arta, late, to));
        await scene.TurnAsync("""{"errorRate":1}""");
        Assert.Equal("503 remitter_unavailable", (await RemittanceBank.LookUpAsync(arta, pin)).ToString());
        await scene.TurnAsync("""{"loseAnswerRate":1}""");

        var pending = await RemittanceBank.CollectAsync(arta, quote, "one");
        Assert.Equal("202 pending", $"{pending.Status} {pending.Json["state"]}");

        await scene.TurnAsync("{}");
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(30));
        arta = await scene.SignInAsync(arta.Number);
        await arta.GetOnceAsync($"v1/remittances/{pending.Json["id"]}", answer => (string)answer.Json["state"]! == "credited");
        Assert.Equal(["150.00 EUR remittance"], await arta.EntriesAsync(to));
        Assert.Equal("409 quote_expired", (await RemittanceBank.CollectAsync(arta, old)).ToString());
    }
}

/// <summary>A bank and its remitter.</summary>
public sealed class RemittanceBank : TransferBank
{
    private static long pins = 70_000_000_000;

    public async Task<string> SentAsync(string beneficiary, string amount, string currency = "EUR")
    {
        var pin = Interlocked.Increment(ref pins).ToString(CultureInfo.InvariantCulture);
        using var answer = await Bank.Sandbox.PostAsJsonAsync(
            "remitters/ria/remittances", new JsonObject { ["pin"] = pin, ["beneficiary"] = beneficiary, ["amount"] = Sender.Money(amount, currency) });
        answer.EnsureSuccessStatusCode();
        return pin;
    }

    public async Task TurnAsync(string knobs)
    {
        using var answer = await Bank.Sandbox.PutAsync("knobs/ria", HttpBank.Json(knobs));
        answer.EnsureSuccessStatusCode();
    }

    public static Task<Answer> LookUpAsync(Sender customer, string pin) =>
        customer.CallAsync("POST", "v1/remittances/lookups", new JsonObject { ["pin"] = pin }.ToJsonString());

    public static Task<Answer> QuoteAsync(Sender customer, string pin, OpenedAccount to) =>
        customer.PostAsync("v1/remittances/quotes", new JsonObject { ["pin"] = pin, ["accountId"] = to.Id });

    public static Task<Answer> CollectAsync(Sender customer, Answer quote, string? key = null, string? terms = "2026-01")
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return customer.PostAsync("v1/remittances", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = terms }, key);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Partners:Ria:Retries"] = "0";
        settings["Partners:Ria:BreakDuration"] = "00:00:00.500";
    }
}
