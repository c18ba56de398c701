using Serverless.Sandbox.Billers;

namespace Serverless.Sandbox.CardServer;

/// <summary>The card server's books: whose a card is, and what became of each purchase. Every method is one step under one lock.</summary>
internal sealed class CardServerBooks
{
    public const string Id = "card-server";

    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBjYXJkIHNlcnZlci4uLi4uLi4=";

    public static readonly string[] Decisions = ["approved", "rejected", "timed_out", "code"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, Card> cards = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Purchase> purchases = new(StringComparer.Ordinal);

    public Card Add(Card card)
    {
        lock (gate)
        {
            return cards[card.CardToken] = card;
        }
    }

    public Card? Find(string token)
    {
        lock (gate)
        {
            return cards.GetValueOrDefault(token);
        }
    }

    /// <summary>Asking again changes nothing.</summary>
    public void Ask(PurchaseData purchase)
    {
        lock (gate)
        {
            purchases.TryAdd(purchase.TransactionId, new Purchase(purchase.TransactionId, null, 0));
        }
    }

    /// <returns>The purchase with its first decision; null when there is none of this id.</returns>
    public Purchase? Decide(string transactionId, string decision)
    {
        lock (gate)
        {
            return purchases.TryGetValue(transactionId, out var known)
                ? purchases[transactionId] = known with { Decision = known.Decision ?? decision, TimesTold = known.TimesTold + 1 }
                : null;
        }
    }

    public IReadOnlyList<Purchase> Purchases()
    {
        lock (gate)
        {
            return [.. purchases.Values];
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            cards.Clear();
            purchases.Clear();
        }
    }
}

internal sealed record Card(string CardToken, string Customer, string MaskedCard);

/// <param name="Decision">Null while nobody has said anything.</param>
internal sealed record Purchase(string TransactionId, string? Decision, int TimesTold);

internal sealed record PurchaseData(
    string TransactionId, string CardToken, string MerchantName, string MerchantCountry, Money Amount, DateTimeOffset Time, DateTimeOffset? ExpiresAt);
