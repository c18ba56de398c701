using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Reserves available balance, once however often its id is repeated.</summary>
public sealed class PlaceHold
{
    /// <summary>A hold for longer never runs out by itself, and is nothing for the index: it would lie there for ever.</summary>
    private static readonly Duration IndexedAtMost = Duration.FromDays(20 * 365);

    private readonly HoldWrites writes;
    private readonly HoldIndex index;
    private readonly TimeProvider time;

    internal PlaceHold(HoldWrites writes, HoldIndex index, TimeProvider time) => (this.writes, this.index, this.time) = (writes, index, time);

    /// <inheritdoc cref="RunAsync(HoldId, AccountId, Money, Instant, string, HoldText?, CancellationToken)"/>
    public Task<Result<Hold>> RunAsync(
        HoldId id, AccountId account, Money amount, Instant expiresAt, string reference, CancellationToken cancellation) =>
        RunAsync(id, account, amount, expiresAt, reference, text: null, cancellation);

    /// <param name="amount">Positive, in the account's currency.</param>
    /// <param name="expiresAt">From then on the money is given back by itself; more than twenty years ahead: never.</param>
    /// <param name="reference">At most 100 characters.</param>
    /// <param name="text">What the customer reads about it meanwhile; the first one stays.</param>
    /// <returns>The hold: for a repeated id as it is now. Or, first match: <see cref="HoldMismatch"/> (the id reserves something else),
    /// <see cref="HoldEnded"/> (released before it was placed), <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="AccountCurrencyMismatch"/>,
    /// <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="AccountBusy"/>.</returns>
    /// <exception cref="ArgumentException">The amount is not positive, or the reference too long.</exception>
    public async Task<Result<Hold>> RunAsync(
        HoldId id, AccountId account, Money amount, Instant expiresAt, string reference, HoldText? text, CancellationToken cancellation)
    {
        if (!amount.IsPositive || reference.Length > 100)
        {
            throw new ArgumentException("A hold reserves a positive amount, and its reference has at most 100 characters.");
        }

        var placedAt = Instant.FromDateTimeOffset(time.GetUtcNow());
        var hold = new Hold(id, account, amount, HoldState.Held, expiresAt, reference, CapturedBy: null) { PlacedAt = placedAt, Text = text };
        if (expiresAt - placedAt <= IndexedAtMost)
        {
            await index.AddAsync(hold, cancellation);
        }

        return await writes.ChangeAsync(account, id, (earlier, head) => (earlier, head) switch
        {
            ({ Amount.Minor: 0 }, _) => HoldChange.Say(new HoldEnded(earlier.State)),
            ({ }, _) when earlier.Amount != amount || earlier.Reference != reference => HoldChange.Say(new HoldMismatch()),
            ({ }, _) => HoldChange.Say(earlier),
            (null, null) => HoldChange.Say(new AccountNotFound()),
            (null, { }) when PostingRules.Refusal(head, [Leg.Debit(account, amount)]) is { } refusal => HoldChange.Say(refusal),
            _ => HoldChange.To(hold),
        });
    }
}
