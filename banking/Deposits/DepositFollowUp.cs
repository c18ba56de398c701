using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <summary>Tells the ledger's sweeper whether a deposit that a killed process left open was confirmed.</summary>
internal sealed class DepositCondition(DepositTable table, ReadBook books) : IJournalCondition
{
    public string Kind => DepositJournals.Opening;

    public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) =>
        await books.RunAsync(journal.Debtor!.Value, cancellation) is { Owner: var customer }
        && await table.FindAsync(customer, DepositJournals.DepositOf(journal), cancellation) is not null;
}

/// <summary>Once its money is in the books: the signed terms are listed among the customer's approvals (LDP-09), and the deposit knows that it lives.</summary>
internal sealed class DepositFollowUp(DepositTable table, DepositContract contract, PlaceSigned place, ReadBook books) : IJournalFollowUp
{
    public string Kind => DepositJournals.Opening;

    public async Task RunAsync(PostedJournal posted, CancellationToken cancellation)
    {
        var owner = (await books.RunAsync(posted.Journal.Debtor!.Value, cancellation))!.Owner;
        if (await table.FindAsync(owner, DepositJournals.DepositOf(posted.Journal), cancellation) is { } stored)
            await ActivateAsync(stored, cancellation);
    }

    /// <summary>Repeated, it does nothing more.</summary>
    /// <returns>The deposit as it is now.</returns>
    public async Task<StoredDeposit> ActivateAsync(StoredDeposit stored, CancellationToken cancellation)
    {
        while (stored.It.State == DepositState.Opening)
        {
            var it = stored.It;
            await place.RunAsync(
                new SignedDocument(it.Customer, DepositContract.Process, it.Id.Value.ToString("N"), DepositContract.TitleOf(it), await contract.WriteAsync(it, cancellation), it.ConfirmedAt, it.Installation),
                cancellation);
            stored = await table.ChangeAsync(stored, it with { State = DepositState.Active }, cancellation)
                ?? (await table.FindAsync(it.Customer, it.Id, cancellation))!;
        }

        return stored;
    }
}
