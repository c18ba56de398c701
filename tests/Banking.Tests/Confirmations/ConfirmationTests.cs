using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Fx;
using Serverless.Banking.Quotes;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Confirmations;

public sealed class ConfirmationTests : IAsyncLifetime
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private readonly TestDevice phone = new();
    private TestBank bank = null!;

    public async ValueTask InitializeAsync() => bank = await TestBank.StartInMemoryAsync(services =>
    {
        services.AddQuotes();
        services.Configure<QuotesOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.Configure<ExchangeRatesOptions>(options => options.Rates["EUR"] = new ExchangeRate { Buy = 100, Sell = 101 });
    });

    public ValueTask DisposeAsync() => bank.DisposeAsync();

    [Fact]
    public async Task A_signature_on_the_trusted_device_lets_exactly_this_quote_through_without_a_storage_call()
    {
        var quote = await QuoteAsync("5000.00");
        var calls = bank.Storage.Calls;

        Assert.True((await ConfirmAsync(quote, Sign(quote))).Value);
        Assert.True((await ConfirmAsync(quote, Sign(quote))).Value);

        Assert.Equal(calls, bank.Storage.Calls);
        Assert.Equal(["signature"], Assert.IsType<ConfirmationRequired>((await ConfirmAsync(quote, null)).Error).Methods);
    }

    [Fact]
    public async Task Anything_but_this_device_s_fresh_signature_under_this_quote_is_refused()
    {
        var quote = await QuoteAsync("5000.00");
        var (facts, now) = (quote.Demand!.Facts, bank.Clock.GetUtcNow());
        var other = new TestDevice();
        var claims = new { challenge = ConfirmationHash.Of(quote.Text), facts = facts.Hash(), iat = now.ToUnixTimeSeconds() };

        string WithAlgorithm(string alg) =>
            $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{alg}}","typ":"confirmation+jwt"}"""))}.{phone.Sign("confirmation+jwt", claims).Split('.', 2)[1]}";
        (string Confirmation, Error Refusal)[] attempts =
        [
            (Sign(await QuoteAsync("5000.00")), new ChallengeMismatch()),
            (phone.Confirming(quote.Text, (facts with { Amount = All("4999.99") }).Hash(), now), new ChallengeMismatch()),
            (phone.Confirming(quote.Text, (facts with { Amount = Money.OfMinor(500000, Currency.Eur) }).Hash(), now), new ChallengeMismatch()),
            (phone.Confirming(quote.Text, (facts with { Payee = "Besa" }).Hash(), now), new ChallengeMismatch()),
            (phone.Confirming(quote.Text, (facts with { Operation = "own_transfer" }).Hash(), now), new ChallengeMismatch()),
            (other.Confirming(quote.Text, facts.Hash(), now), new ConfirmationSignatureWrong()),
            (phone.Sign("refresh+jwt", claims), new ConfirmationSignatureWrong()),
            (WithAlgorithm("none"), new ConfirmationSignatureWrong()),
            (WithAlgorithm("HS256"), new ConfirmationSignatureWrong()),
            (phone.Sign("confirmation+jwt", new { }), new ConfirmationSignatureWrong()),
            ("a.b.c", new ConfirmationSignatureWrong()),
            (phone.Confirming(quote.Text, facts.Hash(), now.AddSeconds(62)), new ConfirmationExpired()),
            (phone.Confirming(quote.Text, facts.Hash(), now.AddSeconds(-63)), new ConfirmationExpired()),
            (phone.Confirming(quote.Text, facts.Hash(), DateTimeOffset.MaxValue), new ConfirmationExpired()),
        ];
        foreach (var (confirmation, refusal) in attempts)
            Assert.Equal(refusal, (await ConfirmAsync(quote, confirmation)).Error);
        Assert.IsType<InvalidInput>((await ConfirmAsync(quote, "nonsense")).Error);

        // A clock that is a little wrong does no harm; nor does a signature count on a device that is not trusted.
        Assert.True((await ConfirmAsync(quote, phone.Confirming(quote.Text, facts.Hash(), now.AddSeconds(58)))).Value);
        Assert.True((await ConfirmAsync(quote, phone.Confirming(quote.Text, facts.Hash(), now.AddSeconds(-58)))).Value);
        Assert.Empty(Assert.IsType<ConfirmationRequired>((await ConfirmAsync(quote, Sign(quote), isTrusted: false)).Error).Methods);
        Assert.False((await bank.Get<CheckConfirmation>().OfQuoteAsync(Attempt(Sign(quote)), "phone_transfer", quote.Text, false, CancellationToken.None)).Value);
    }

    [Theory]
    [InlineData(PayeeStanding.Self, Exemption.OwnAccounts)]
    [InlineData(PayeeStanding.TrustedBeneficiary, Exemption.TrustedBeneficiary)]
    [InlineData(PayeeStanding.Nobody, Exemption.NothingPaid)]
    [InlineData(PayeeStanding.Other, null)]
    [InlineData(PayeeStanding.NeverExempt, null)]
    public async Task Whom_an_operation_pays_decides_whether_it_is_exempt_and_asking_for_more_than_was_quoted_ends_that(PayeeStanding standing, Exemption? exemption)
    {
        var calls = bank.Storage.Calls;
        var quote = await QuoteAsync("5000.00", standing);

        Assert.Equal(exemption, quote.Demand!.Exemption);
        Assert.Equal(exemption is not null, (await ConfirmAsync(quote, null)).IsSuccess);
        Assert.Equal(calls, bank.Storage.Calls);
        Assert.IsType<ConfirmationRequired>((await ConfirmAsync(quote, null, isMore: true)).Error);
    }

    [Fact]
    public async Task Five_low_values_in_a_row_or_a_hundred_euros_go_without_a_factor_each_counted_once_until_one_is_confirmed()
    {
        Assert.Equal(Exemption.LowValue, (await QuoteAsync("3000.00")).Demand!.Exemption);
        Assert.Null((await QuoteAsync("3000.01")).Demand!.Exemption);
        Assert.Null((await QuoteAsync("1.00", PayeeStanding.NeverExempt)).Demand!.Exemption);

        var quotes = new List<SealedQuote<string>>();
        for (var i = 0; i < 7; i++)
            quotes.Add(await QuoteAsync("100.00"));
        foreach (var quote in quotes.Take(5))
        {
            Assert.True((await ConfirmAsync(quote, null)).Value);
            Assert.True((await ConfirmAsync(quote, null)).Value);
        }

        // What was promised too often is refused; what is quoted now says so from the start.
        Assert.IsType<ConfirmationRequired>((await ConfirmAsync(quotes[5], null)).Error);
        var sixth = await QuoteAsync("100.00");
        Assert.True(sixth.Demand!.IsRequired);
        Assert.True((await ConfirmAsync(sixth, Sign(sixth))).Value);

        // A hundred euros together, 30 + 30 + 30 + 10, and not a cent more.
        foreach (var amount in new[] { "3000.00", "3000.00", "3000.00" })
            Assert.True((await ConfirmAsync(await QuoteAsync(amount), null)).Value);
        Assert.True((await QuoteAsync("1000.01")).Demand!.IsRequired);
        Assert.True((await ConfirmAsync(await QuoteAsync("1000.00"), null)).Value);
        Assert.True((await QuoteAsync("1.00")).Demand!.IsRequired);
    }

    [Fact]
    public async Task At_once_no_more_low_values_pass_than_one_after_the_other()
    {
        var quotes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => QuoteAsync("100.00")));

        var answers = await Task.WhenAll(quotes.Select(quote => ConfirmAsync(quote, null)));

        Assert.Equal(5, answers.Count(answer => answer.IsSuccess));
    }

    [Fact]
    public async Task A_request_without_a_quote_is_challenged_and_only_the_same_request_brings_the_challenge_back_once()
    {
        var check = bank.Get<CheckConfirmation>();
        var facts = ConfirmationFacts.Of("trust_device", null, "Arta's phone");
        var asked = Assert.IsType<ConfirmationRequired>((await check.OfRequestAsync(Attempt(null), facts, null, CancellationToken.None)).Error);
        var signed = phone.Confirming(asked.Challenge!, asked.FactsHash, bank.Clock.GetUtcNow());

        Task<Result<Nothing>> BringAsync(string request, ConfirmationFacts what, string? challenge, bool hasKey = false) =>
            check.OfRequestAsync(Attempt(signed) with { Request = request, HasKey = hasKey }, what, challenge, CancellationToken.None);
        Assert.Equal(new ChallengeMismatch(), (await BringAsync("another", facts, asked.Challenge)).Error);
        Assert.Equal(new ChallengeMismatch(), (await BringAsync("request", facts with { Payee = "Another phone" }, asked.Challenge)).Error);
        Assert.Equal(new ChallengeMismatch(), (await BringAsync("request", facts, asked.Challenge![..^4])).Error);
        Assert.IsType<InvalidInput>((await BringAsync("request", facts, null)).Error);

        Assert.True((await BringAsync("request", facts, asked.Challenge, hasKey: true)).IsSuccess);
        Assert.True((await BringAsync("request", facts, asked.Challenge)).IsSuccess);
        Assert.Equal(new ConfirmationUsed(), (await BringAsync("request", facts, asked.Challenge)).Error);
        bank.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new ConfirmationExpired(), (await BringAsync("request", facts, asked.Challenge, hasKey: true)).Error);
    }

    [Fact]
    public void The_hash_is_of_four_lines_that_anybody_can_write()
    {
        var facts = ConfirmationFacts.Of("inside_transfer", All("1707.40"), "Besa Kola", "AL47212110090000000235698741");

        Assert.Equal(ConfirmationHash.Of("inside_transfer\n1707.40\nALL\nBesa Kola, AL47212110090000000235698741"), facts.Hash());
        Assert.Equal("a b", ConfirmationFacts.Of("x", null, "a\nb").Payee);
        Assert.Equal(ConfirmationHash.Of("x\n\n\n"), ConfirmationFacts.Of("x", null, "", null).Hash());
        Assert.NotEqual(JsonSerializer.Serialize(facts), facts.Hash());
    }

    private Task<SealedQuote<string>> QuoteAsync(string amount, PayeeStanding standing = PayeeStanding.Other) => bank.Get<ConfirmableQuotes>().SealAsync(
        Arta, "content", ConfirmationFacts.Of("inside_transfer", All(amount), "Besa Kola", "AL47212110090000000235698741"), standing, CancellationToken.None);

    private Task<Result<bool>> ConfirmAsync(SealedQuote<string> quote, string? confirmation, bool isTrusted = true, bool isMore = false) =>
        bank.Get<CheckConfirmation>().OfQuoteAsync(Attempt(confirmation, isTrusted), "inside_transfer", quote.Text, isMore, CancellationToken.None);

    private ConfirmationAttempt Attempt(string? confirmation, bool isTrusted = true) =>
        new(Arta, new ConfirmingDevice(isTrusted, phone.Key), confirmation, "request", HasKey: false);

    private string Sign(SealedQuote<string> quote) => phone.Confirming(quote.Text, quote.Demand!.Facts.Hash(), bank.Clock.GetUtcNow());

    private static Money All(string amount) => Money.Find(amount, Currency.All)!;
}
