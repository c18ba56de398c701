namespace Serverless.Banking.History;

/// <summary>What the history must know about kinds of journals.</summary>
public static class OperationKinds
{
    /// <summary>Everything done with debit cards: <c>card_purchase</c>, <c>card_withdrawal</c>, <c>card_refund</c>, ... and their reversals.</summary>
    private const string CardPrefix = "card_";

    /// <summary>Of money given back; the reference is the original's.</summary>
    public const string ReversalSuffix = "_reversal";

    public static bool IsByCard(string kind) => kind.StartsWith(CardPrefix, StringComparison.Ordinal);
}
