using System.Text.RegularExpressions;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>Names one operation of one account in the history.</summary>
/// <remarks>
/// Three shapes, each leading to where the operation is kept: <c>{transaction}-{account}</c> what a journal booked on an account (with
/// <c>-{leg}</c> when the journal booked several lines there), <c>hold-{hold}-{account}</c> what is only authorised, and
/// <c>{source}-{id}</c> what an <see cref="IOperationSource"/> knows. Ids in it are 32 lower-case hexadecimal digits.
/// The default value of this type names nothing.
/// </remarks>
public readonly partial record struct OperationId
{
    /// <summary>Regular expression of every id, without anchors; ECMAScript and .NET read it alike.</summary>
    public const string Pattern = "[a-z0-9-]{1,100}";

    private OperationId(string value) => Value = value;

    public string Value { get; }

    /// <summary>The line that a journal booked on an account; the first one when it booked several and no leg is named.</summary>
    /// <param name="leg">Number of the leg in its journal, from 0; null for the first one on the account.</param>
    public static OperationId Booked(TransactionId transaction, AccountId account, int? leg = null) =>
        new($"{transaction.Value:N}-{account.Value:N}{(leg is { } number ? $"-{number}" : "")}");

    public static OperationId Held(HoldId hold, AccountId account) => new($"hold-{hold.Value:N}-{account.Value:N}");

    /// <summary>What a source knows under an id of its own (a transfer's, a payment's).</summary>
    /// <param name="source">The source's <see cref="IOperationSource.Name"/>.</param>
    public static OperationId Of(string source, Guid id) => new($"{source}-{id:N}");

    /// <summary>For ids that the bank itself gave out.</summary>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static OperationId Parse(string text) => Find(text) ?? throw new ArgumentException("Not an operation's id.", nameof(text));

    /// <summary>Null when the text has none of the shapes.</summary>
    public static OperationId? Find(string? text) => text is not null && Shape().IsMatch(text) ? new OperationId(text) : null;

    /// <summary>Where the operation is kept; exactly one of the three.</summary>
    internal (BookedLine? Booked, HeldAmount? Held, SourceItem? Source) Read()
    {
        var match = Shape().Match(Value);
        Guid Id(string group) => Guid.ParseExact(match.Groups[group].Value, "N");
        if (match.Groups["transaction"].Success)
        {
            int? leg = match.Groups["leg"].Success ? int.Parse(match.Groups["leg"].Value, System.Globalization.CultureInfo.InvariantCulture) : null;
            return (new BookedLine(new TransactionId(Id("transaction")), new AccountId(Id("account")), leg), null, null);
        }

        return match.Groups["hold"].Success
            ? (null, new HeldAmount(new HoldId(Id("hold")), new AccountId(Id("holder"))), null)
            : (null, null, new SourceItem(match.Groups["source"].Value, Id("id")));
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A(?:(?<transaction>[0-9a-f]{32})-(?<account>[0-9a-f]{32})(?:-(?<leg>[0-9]{1,2}))?|hold-(?<hold>[0-9a-f]{32})-(?<holder>[0-9a-f]{32})|(?<source>[a-z]+(?:-[a-z]+)*)-(?<id>[0-9a-f]{32}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

internal sealed record BookedLine(TransactionId Transaction, AccountId Account, int? Leg);

internal sealed record HeldAmount(HoldId Hold, AccountId Account);

internal sealed record SourceItem(string Source, Guid Id);
