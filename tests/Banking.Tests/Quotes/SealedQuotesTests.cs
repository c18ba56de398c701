using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Quotes;

public sealed class SealedQuotesTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private readonly TestClock clock = new();

    [Fact]
    public void What_was_shown_comes_back_as_it_was()
    {
        var content = new Terms(new AccountId(Guid.Parse("7d0f9ad2-2f2c-4a3b-9f3e-0b8f2f6f4f11")), Money.OfMinor(170740, Currency.All), 98.4567m, "Qira maj", Arta);
        var quotes = Quotes(1);

        var quote = quotes.Seal(Arta, "test", content);
        var opened = quotes.Open<Terms>(Arta, "test", quote.Text);

        Assert.Equal(quote, opened.Value);
        Assert.NotEqual(quote.Id, quotes.Seal(Arta, "test", content).Id);
        Assert.DoesNotContain("Qira", quote.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_customer_another_purpose_and_every_altered_character_find_no_quote()
    {
        var quotes = Quotes(1);
        var text = quotes.Seal(Arta, "test", new Note("x")).Text;

        Assert.Equal(new QuoteNotFound(), quotes.Open<Note>(CustomerId.Of("100000002"), "test", text).Error);
        Assert.Equal(new QuoteNotFound(), quotes.Open<Note>(Arta, "other", text).Error);
        for (var i = 0; i < text.Length; i++)
            Assert.Equal(new QuoteNotFound(), quotes.Open<Note>(Arta, "test", $"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}").Error);
        foreach (var nonsense in new[] { "", "x", "%%", text[..20], text + "A", text + "=", new string('A', 5000) })
            Assert.Equal(new QuoteNotFound(), quotes.Open<Note>(Arta, "test", nonsense).Error);
    }

    [Fact]
    public void A_quote_is_void_after_five_minutes_and_can_still_be_recognised()
    {
        var quotes = Quotes(1);
        var quote = quotes.Seal(Arta, "test", new Note("x"));
        clock.Advance(TimeSpan.FromMinutes(4.99));
        Assert.True(quotes.Open<Note>(Arta, "test", quote.Text).IsSuccess);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new QuoteExpired(quote.ExpiresAt), quotes.Open<Note>(Arta, "test", quote.Text).Error);
        Assert.Equal(quote.Id, quotes.OpenEvenExpired<Note>(Arta, "test", quote.Text).Value!.Id);
    }

    [Fact]
    public void A_change_of_key_voids_no_quote_while_the_old_key_is_kept()
    {
        var text = Quotes(1).Seal(Arta, "test", new Note("x")).Text;

        Assert.True(Quotes(2, 1).Open<Note>(Arta, "test", text).IsSuccess);
        Assert.Equal(new QuoteNotFound(), Quotes(2).Open<Note>(Arta, "test", text).Error);
    }

    private SealedQuotes Quotes(params byte[] keys)
    {
        var options = new QuotesOptions { Key = Key(keys[0]) };
        foreach (var old in keys[1..])
            options.OldKeys.Add(Key(old));
        return new SealedQuotes(Options.Create(options), clock);
    }

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private sealed record Terms(AccountId Account, Money Amount, decimal Rate, string? Description, CustomerId To);

    private sealed record Note(string Text);
}
