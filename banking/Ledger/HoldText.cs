using System.Text.Json;

namespace Serverless.Banking.Ledger;

/// <summary>What a customer reads about a hold while it is in force: it makes the hold a pending line of his history.</summary>
/// <remarks>A hold placed for an order that the history knows from elsewhere (a transfer) has none, or the same money would be listed twice.</remarks>
/// <param name="Kind">Of the journal that will use it: <c>card_purchase</c>.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Counterparty">Who will get the money, such as a merchant; null when nobody is to be named.</param>
public sealed record HoldText(string Kind, string Description, Party? Counterparty = null)
{
    internal string Write() => JsonSerializer.Serialize(new Document(Kind, Description, Counterparty?.Name, Counterparty?.Account));

    internal static HoldText Read(string text)
    {
        var it = JsonSerializer.Deserialize<Document>(text) ?? throw new FormatException("Empty text of a hold.");
        return new HoldText(it.Kind, it.Description, it.Name is null && it.Account is null ? null : new Party(it.Name, it.Account));
    }

    private sealed record Document(string Kind, string Description, string? Name, string? Account);
}
