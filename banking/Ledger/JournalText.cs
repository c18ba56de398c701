using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Text;

namespace Serverless.Banking.Ledger;

/// <summary>A journal as text: stored with its intent and its deciding marker, and hashed to tell a repeat from another journal.</summary>
internal static class JournalText
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(Journal journal) => journal.Text ??= JsonSerializer.Serialize(ToDocument(journal), Options);

    /// <exception cref="FormatException">Not written by <see cref="Write"/>.</exception>
    public static Journal Read(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, Options) ?? throw new FormatException("Empty journal.");
            return new Journal(
                new TransactionId(document.Id), document.Kind, [.. document.Legs.Select(FromDocument)], document.Description,
                LocalDatePattern.Iso.Parse(document.BookedOn ?? "").GetValueOrThrow(), document.Reference,
                document.Captures is { } hold ? new HoldId(hold) : null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or UnparsableValueException or NullReferenceException)
        {
            throw new FormatException("A stored journal cannot be read.", e);
        }
    }

    /// <summary>SHA-256 of everything but the booking date and the wording of the counterparties: a repeat on the next day, after the payee changed his name, is still a repeat.</summary>
    public static string ContentHash(Journal journal) =>
        journal.ContentHash ??= RowSeal.Hex(JsonSerializer.Serialize(Decisive(ToDocument(journal)), Options));

    private static Document Decisive(Document document) =>
        document with { BookedOn = null, Legs = [.. document.Legs.Select(leg => leg with { PartyName = null, PartyAccount = null })] };

    private static Document ToDocument(Journal journal) => new(
        journal.Id.Value, journal.Kind, journal.Description, journal.Reference, LocalDatePattern.Iso.Format(journal.BookedOn),
        [.. journal.Legs.Select(leg => new LegDocument(
            leg.Account?.Value, leg.BankAccount?.Name, leg.Signed.Minor, leg.Amount.Currency.Code, leg.Counterparty?.Name, leg.Counterparty?.Account))],
        journal.Captures?.Value);

    private static Leg FromDocument(LegDocument leg)
    {
        var currency = Currency.Of(leg.Currency);
        var amount = Money.OfMinor(Math.Abs(leg.Minor), currency);
        var party = leg is { PartyName: null, PartyAccount: null } ? null : new Party(leg.PartyName, leg.PartyAccount);
        return (leg.Account, leg.Bank, leg.Minor) switch
        {
            ({ } account, null, < 0) => Leg.Debit(new AccountId(account), amount, party),
            ({ } account, null, _) => Leg.Credit(new AccountId(account), amount, party),
            (null, { } bank, < 0) => Leg.Debit(new BankAccount(bank, currency), amount, party),
            (null, { } bank, _) => Leg.Credit(new BankAccount(bank, currency), amount, party),
            _ => throw new FormatException("A stored leg names no account, or two."),
        };
    }

    private sealed record Document(Guid Id, string Kind, string Description, string Reference, string? BookedOn, LegDocument[] Legs, Guid? Captures);

    private sealed record LegDocument(Guid? Account, string? Bank, long Minor, string Currency, string? PartyName, string? PartyAccount);
}
