using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <param name="Renewal">Null: at maturity it is paid out.</param>
/// <param name="RequestHash">Tells a retry from another order under the same key.</param>
public sealed record RenewalChange(CustomerId Customer, DepositId Deposit, RenewalType? Renewal, IdempotencyKey Key, string RequestHash);

/// <summary>Chooses what happens at maturity, until the day before (LDP-27).</summary>
public sealed class ChangeRenewal
{
    private readonly DepositTable table;
    private readonly FindJournal find;
    private readonly DepositFollowUp followUp;
    private readonly TimeProvider time;

    internal ChangeRenewal(DepositTable table, FindJournal find, DepositFollowUp followUp, TimeProvider time) =>
        (this.table, this.find, this.followUp, this.time) = (table, find, followUp, time);

    /// <returns>The deposit. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="DepositNotFound"/>, <see cref="DepositEnded"/>,
    /// <see cref="RenewalChangeTooLate"/>.</returns>
    public async Task<Result<Deposit>> RunAsync(RenewalChange order, CancellationToken cancellation)
    {
        while (true)
        {
            var known = await table.FindKeyAsync(order.Customer, order.Key, cancellation);
            if (known is { } used && (used.RequestHash != order.RequestHash || used.Id != order.Deposit))
                return new IdempotencyKeyReused();
            if (await table.FindAsync(order.Customer, order.Deposit, cancellation) is not { } stored)
                return new DepositNotFound();
            if (known is not null)
                return stored.It;
            if (stored.It.State == DepositState.Opening)
            {
                if (await find.RunAsync(DepositJournals.OpeningId(stored.It.Id), stored.It.Funding, cancellation) is null)
                    return new DepositNotFound();
                stored = await followUp.ActivateAsync(stored, cancellation);
            }

            var it = stored.It;
            if (it.State != DepositState.Active)
                return new DepositEnded();
            if (Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date > it.RenewalChangeUntil)
                return new RenewalChangeTooLate(it.RenewalChangeUntil);
            var changed = it with { Renewal = order.Renewal };
            if (await table.ChangeAsync(stored, changed, order.Key, order.RequestHash, cancellation))
                return changed;
        }
    }
}
