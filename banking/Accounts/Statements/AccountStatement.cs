using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

public enum StatementFormat
{
    Pdf,
    Csv,

    /// <summary>ISO 20022 camt.053.001.08.</summary>
    Camt053,

    /// <summary>SWIFT MT940.</summary>
    Mt940,
}

/// <summary>A stretch of an account's entries.</summary>
/// <param name="First">Number of the first entry on it.</param>
/// <param name="Last">Number of the last one; <paramref name="First"/> - 1 when there is none.</param>
public sealed record StatementSpan(AccountId Account, LocalDate Start, LocalDate End, long First, long Last)
{
    public long Count => Last - First + 1;
}

/// <summary>A statement as it is told to people and machines.</summary>
/// <param name="Holder">The customer's name; his number when the bank knows no name.</param>
/// <param name="Entries">Oldest first.</param>
public sealed record AccountStatement(
    string Number, Account Account, string Holder, StatementSpan Span, Money Opening, Money Closing, IReadOnlyList<Entry> Entries, Instant MadeAt)
{
    /// <summary>The sum of what was added; zero or positive.</summary>
    public Money Credits => Sum(entry => entry.Amount.IsPositive);

    /// <summary>The sum of what was taken; zero or negative.</summary>
    public Money Debits => Sum(entry => !entry.Amount.IsPositive);

    private Money Sum(Func<Entry, bool> which) => Entries.Where(which).Aggregate(Money.Zero(Account.Currency), (sum, entry) => sum + entry.Amount);
}

/// <summary>Names one statement so that it can be made again, byte for byte: the entries by their numbers, which never change.</summary>
public sealed record StatementReference(AccountId Account, LocalDate Start, LocalDate End, long First, long Last, Instant MadeAt, StatementFormat Format)
{
    public const string Kind = "account_statement";

    public StatementSpan Span => new(Account, Start, End, First, Last);

    /// <summary>By which people name the statement; at most 35 characters, as ISO 20022 wants it.</summary>
    public string Number => $"NX-{Day(End)}-{Hash(6)}";

    /// <summary>The same statement has the same id, so that ordering it twice makes it once.</summary>
    public Guid JobId => new(SHA256.HashData(Encoding.ASCII.GetBytes(Id)).AsSpan(0, 16));

    public string Id => string.Join(
        '|', Account.Value.ToString("N"), Day(Start), Day(End), First.ToString(CultureInfo.InvariantCulture), Last.ToString(CultureInfo.InvariantCulture),
        MadeAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Format);

    public DocumentReference DocumentOf(CustomerId owner, Customers.Language language) => new(Kind, Id, owner, language);

    /// <summary>For ids that the bank itself sealed.</summary>
    /// <exception cref="FormatException">Not written by <see cref="Id"/>.</exception>
    public static StatementReference Parse(string id) => id.Split('|') is [var account, var start, var end, var first, var last, var made, var format]
        ? new StatementReference(
            new AccountId(Guid.ParseExact(account, "N")), ReadDay(start), ReadDay(end), long.Parse(first, CultureInfo.InvariantCulture),
            long.Parse(last, CultureInfo.InvariantCulture), Instant.FromUnixTimeMilliseconds(long.Parse(made, CultureInfo.InvariantCulture)),
            Enum.Parse<StatementFormat>(format))
        : throw new FormatException("Not the id of a statement.");

    private string Hash(int digits) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{Account.Value:N}|{Day(Start)}|{First}|{Last}")))[..digits];

    private static string Day(LocalDate day) => day.ToString("uuuuMMdd", CultureInfo.InvariantCulture);

    private static LocalDate ReadDay(string text) => new(
        int.Parse(text[..4], CultureInfo.InvariantCulture), int.Parse(text[4..6], CultureInfo.InvariantCulture), int.Parse(text[6..], CultureInfo.InvariantCulture));
}
