using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <summary>A customer's deposits (LDP-04, LDP-05).</summary>
public sealed class FindDeposits
{
    private readonly DepositTable table;
    private readonly FindJournal find;

    internal FindDeposits(DepositTable table, FindJournal find) => (this.table, this.find) = (table, find);

    /// <summary>Those that live: one storage call, and two for each that was confirmed seconds ago.</summary>
    /// <returns>The next one to mature first.</returns>
    public async Task<IReadOnlyList<Deposit>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        List<Deposit> all = [];
        await foreach (var it in table.ListAsync(customer, cancellation))
        {
            if (it.State != DepositState.Closed && await LiveAsync(it, cancellation) is { } live)
                all.Add(live);
        }

        return [.. all.OrderBy(it => it.Term.Matures).ThenBy(it => it.ConfirmedAt)];
    }

    /// <returns>The deposit, also one that has ended; or <see cref="DepositNotFound"/>.</returns>
    public async Task<Result<Deposit>> RunAsync(CustomerId customer, DepositId id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } stored && await LiveAsync(stored.It, cancellation) is { } live ? live : new DepositNotFound();

    /// <summary>What was confirmed and is not known to have its money: the books know. Null when it has not.</summary>
    private async Task<Deposit?> LiveAsync(Deposit it, CancellationToken cancellation) =>
        it.State != DepositState.Opening ? it
        : await find.RunAsync(DepositJournals.OpeningId(it.Id), it.Funding, cancellation) is not null ? it with { State = DepositState.Active }
        : null;
}
