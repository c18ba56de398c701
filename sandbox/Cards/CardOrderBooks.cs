using System.Globalization;
using System.Text.Json.Serialization;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Cards;

/// <summary>Orders for new cards: taken, produced, ready at a branch, collected. Every method is one step under one lock.</summary>
internal sealed class CardOrderBooks(SandboxClock clock, Schedule schedule, WebhookSender webhooks, CardProcessor cards)
{
    private const string FirstDigits = "516732";

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, CardOrderState> orders = new(StringComparer.Ordinal);

    /// <summary>Taken once, however often it is sent.</summary>
    /// <returns>Null when the id was used for another card.</returns>
    public (CardOrderState State, bool IsNew)? Take(Party party, Mood mood, CardOrder order)
    {
        CardOrderState taken;
        lock (gate)
        {
            if (orders.TryGetValue(order.OrderId, out var known))
                return known.Order == order ? (known, false) : null;
            taken = orders[order.OrderId] = new CardOrderState(order, CardOrderStatus.Ordered, null, null);
        }

        // Only when it is asked for by a knob: who wants to look at an order on its way steps it by hand.
        if (mood.IsPending && mood.SettleAfter is { } after)
        {
            schedule.At(clock.Now + after, _ =>
            {
                Step(party, order.OrderId, CardOrderStatus.Produced);
                Step(party, order.OrderId, CardOrderStatus.Ready);
                return Task.CompletedTask;
            });
        }

        return (taken, true);
    }

    public CardOrderState? Find(string orderId)
    {
        lock (gate)
        {
            return orders.GetValueOrDefault(orderId);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<CardOrderState> All()
    {
        lock (gate)
        {
            return [.. orders.Values];
        }
    }

    /// <returns>Null when the card has been produced.</returns>
    public CardOrderState? Cancel(string orderId)
    {
        lock (gate)
        {
            return orders.TryGetValue(orderId, out var known) && known.Status is CardOrderStatus.Ordered or CardOrderStatus.Cancelled
                ? orders[orderId] = known with { Status = CardOrderStatus.Cancelled }
                : null;
        }
    }

    /// <summary>The next step of its life; told to the bank.</summary>
    /// <returns>Null when it is not the next one.</returns>
    public CardOrderState? Step(Party party, string orderId, CardOrderStatus to)
    {
        CardOrderState stepped;
        lock (gate)
        {
            if (!orders.TryGetValue(orderId, out var known) || known.Status + 1 != to || to == CardOrderStatus.Cancelled)
                return null;
            stepped = known with { Status = to };
            if (to == CardOrderStatus.Produced)
                stepped = Produce(stepped, orders.IndexOf(orderId));
            orders[orderId] = stepped;
        }

        webhooks.Send(party, TypeOf(to), new { stepped.Order.OrderId, stepped.Status, stepped.MaskedCard, stepped.CardToken, stepped.Order.Branch, At = clock.Now });
        return stepped;
    }

    public void Reset()
    {
        lock (gate)
        {
            orders.Clear();
        }
    }

    /// <summary>The processor knows the card from now on; its PIN comes in the letter that the branch hands over.</summary>
    private CardOrderState Produce(CardOrderState state, int place)
    {
        var lastDigits = (900_001 + place).ToString(CultureInfo.InvariantCulture);
        var token = $"card-{state.Order.OrderId}";
        var expiry = clock.Today.AddYears(4).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        cards.Put(new Card(token, state.Order.Customer, CardKind.Contactless, lastDigits, CardStatus.Blocked, "1234", expiry, state.Order.Product));
        return state with { CardToken = token, MaskedCard = $"{FirstDigits}******{lastDigits[2..]}" };
    }

    private static string TypeOf(CardOrderStatus status) => status switch
    {
        CardOrderStatus.Produced => "card_order.produced",
        CardOrderStatus.Ready => "card_order.ready",
        CardOrderStatus.Collected => "card_order.collected",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Is told to nobody."),
    };
}

/// <param name="Product">The bank's name of the kind of card.</param>
/// <param name="InternetPurchasesShare">Of the limit, in percent.</param>
/// <param name="AutomaticPaymentShare">Of what is owed at the statement, in percent.</param>
internal sealed record CardOrder(
    string OrderId, string Product, string Customer, string NameOnCard, string Branch, string Currency, Money Limit, int InternetPurchasesShare, StatementPeriod StatementPeriod,
    int AutomaticPaymentShare);

/// <param name="CardToken">Null until the card is produced.</param>
internal sealed record CardOrderState(CardOrder Order, CardOrderStatus Status, string? MaskedCard, string? CardToken);

internal enum StatementPeriod
{
    [JsonStringEnumMemberName("beginning_of_month")]
    BeginningOfMonth,
    [JsonStringEnumMemberName("end_of_month")]
    EndOfMonth,
}

/// <summary>In the order of a card's life.</summary>
internal enum CardOrderStatus
{
    Ordered,
    Produced,
    Ready,
    Collected,
    Cancelled,
}
