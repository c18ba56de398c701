using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Takes what was meant for an account that cannot take it: books it to suspense, lists it for the back office and leaves a trace.</summary>
/// <remarks>Each step can be repeated; the journal stays open until all are done, so whoever finishes it finishes this too.</remarks>
internal sealed class Suspense(BankTables tables, BankLegs bank, RecordAudit audit)
{
    public async Task TakeAsync(PostedJournal decided, AccountId account)
    {
        await bank.DivertAsync(decided, account);
        var journal = decided.Journal;
        var legs = journal.Legs.Where(leg => leg.Account == account).ToArray();
        var item = new SuspenseItem(
            SuspenseItem.IdOf(journal.Id, account), journal.Id, account, legs.Select(leg => leg.Signed).Aggregate((sum, leg) => sum + leg), journal.Kind,
            journal.Description, legs[0].Counterparty, decided.PostedAt, SuspenseState.Open, ResolvedTo: null);
        await audit.RunAsync(
            new AuditEvent(AuditActor.Bank("ledger"), "credit_suspended", $"account/{account}")
            {
                After = $"{item.Amount} of journal {journal.Id} waits as suspense item {item.Id}",
                Id = item.Id,
                At = decided.PostedAt,
            },
            CancellationToken.None);
        try
        {
            await tables.Open(SuspenseKeys.Table).SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, item.ToRow()),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(SuspenseKeys.Partition, SuspenseKeys.Open(item.Since, item.Id))),
            ], CancellationToken.None);
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            // Listed before, and perhaps resolved since.
        }
    }
}
