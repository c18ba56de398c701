using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Cards;

/// <summary>The processor's books: cards, and per card the counter of wrong PINs that cash machines share. Every method is one step under one lock.</summary>
internal sealed class CardProcessor
{
    public const string Id = "cards";
    public const int PinTries = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<string, CardState> cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PinAnswer> checks = new(StringComparer.Ordinal);

    public CardProcessor() => Reset();

    public PinKey Key { get; } = PinKey.New();

    public IReadOnlyList<Card> Find(string customerNumber)
    {
        lock (gate)
        {
            return [.. cards.Values.Where(state => state.Card.CustomerNumber == customerNumber).Select(state => state.Card)];
        }
    }

    /// <summary>The same check again has the same answer and counts nothing.</summary>
    /// <returns>Null when there is no such card.</returns>
    public PinAnswer? Check(string checkId, string cardId, string pin)
    {
        lock (gate)
        {
            if (checks.TryGetValue(checkId, out var before))
            {
                return before;
            }

            if (!cards.TryGetValue(cardId, out var state))
            {
                return null;
            }

            if (state.WrongPins < PinTries)
            {
                state.WrongPins = state.Card.Pin == pin ? 0 : state.WrongPins + 1;
            }

            var result = state.WrongPins >= PinTries ? PinResult.Blocked : state.WrongPins == 0 ? PinResult.Right : PinResult.Wrong;
            return checks[checkId] = new PinAnswer(result, PinTries - state.WrongPins);
        }
    }

    /// <summary>The desk: a card that a branch handed out, or one in another state; its counter starts anew.</summary>
    public void Put(Card card)
    {
        lock (gate)
        {
            cards[card.CardId] = new CardState(card);
        }
    }

    public IReadOnlyList<(Card Card, int WrongPins)> All()
    {
        lock (gate)
        {
            return [.. cards.Values.Select(state => (state.Card, state.WrongPins))];
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            cards.Clear();
            checks.Clear();
            foreach (var card in SeedData.Read<CardSeed>("cards.json").Cards)
            {
                cards.Add(card.CardId, new CardState(card));
            }
        }
    }

    private sealed class CardState(Card card)
    {
        public Card Card { get; } = card;

        public int WrongPins { get; set; }
    }
}

internal sealed record CardSeed(IReadOnlyList<Card> Cards);

/// <param name="Product">The bank's name of the kind of credit card; null for a debit card.</param>
internal sealed record Card(
    string CardId, string CustomerNumber, CardKind Kind, string LastDigits, CardStatus Status, string Pin, string? Expiry = null, string? Product = null);

internal enum CardKind
{
    Contactless,
    Standard,
}

internal enum CardStatus
{
    Active,
    Blocked,
    Expired,
}

internal enum PinResult
{
    Right,
    Wrong,
    Blocked,
}

internal sealed record PinAnswer(PinResult Result, int TriesLeft);
