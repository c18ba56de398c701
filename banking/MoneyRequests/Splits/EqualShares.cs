namespace Serverless.Banking.MoneyRequests;

/// <summary>Divides an amount into equal shares of whole minor units whose sum is exactly the amount (REQ-11, REQ-21).</summary>
public static class EqualShares
{
    /// <param name="total">Positive.</param>
    /// <param name="others">How many take part besides the requester; at least 1.</param>
    /// <param name="includeRequester">The requester takes part and bears what is left over; else the first others bear one minor unit more each.</param>
    /// <returns>The requester's share (null when left out) and the others' in their order. Or <see cref="AmountTooSmallToSplit"/>.</returns>
    public static Result<Shares> Of(Money total, int others, bool includeRequester)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(others, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(total.Minor, 1);
        var participants = others + (includeRequester ? 1 : 0);
        var (share, rest) = Math.DivRem(total.Minor, participants);
        if (share == 0)
            return new AmountTooSmallToSplit(total, participants);
        return includeRequester
            ? new Shares(Money.OfMinor(share + rest, total.Currency), [.. Enumerable.Repeat(Money.OfMinor(share, total.Currency), others)])
            : new Shares(null, [.. Enumerable.Range(0, others).Select(i => Money.OfMinor(share + (i < rest ? 1 : 0), total.Currency))]);
    }
}

/// <param name="Requester">Null when the requester takes no part.</param>
/// <param name="Others">In the order of the participants.</param>
public sealed record Shares(Money? Requester, IReadOnlyList<Money> Others)
{
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public Money Sum => Others.Aggregate(Requester ?? Money.Zero(Others[0].Currency), (sum, share) => sum + share);
}
