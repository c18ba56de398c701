using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Gives back what a hold reserves. A hold never placed is released too: placing it later is refused.</summary>
public sealed class ReleaseHold
{
    private readonly HoldWrites writes;

    internal ReleaseHold(HoldWrites writes) => this.writes = writes;

    /// <param name="currency">The account's.</param>
    /// <returns>The hold, released or ended earlier. Or <see cref="HoldEnded"/> when a journal captured it; <see cref="AccountBusy"/>.</returns>
    public Task<Result<Hold>> RunAsync(HoldId id, AccountId account, Currency currency, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return EndAsync(id, account, currency, HoldState.Released);
    }

    internal Task<Result<Hold>> EndAsync(HoldId id, AccountId account, Currency currency, HoldState end) =>
        writes.ChangeAsync(account, id, (hold, _) => hold switch
        {
            null => HoldChange.To(new Hold(id, account, Money.Zero(currency), end, NodaConstants.UnixEpoch, "", CapturedBy: null)),
            { State: HoldState.Held } => HoldChange.To(hold with { State = end }),
            { State: HoldState.Captured } => HoldChange.Say(new HoldEnded(HoldState.Captured)),
            _ => HoldChange.Say(hold),
        });
}
