using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Transfers that the books do not show: on their way, or rejected (HIST-12).</summary>
internal sealed class TransferOperationSource(TransferTable table, TransferCourse course) : IOperationSource
{
    public string Name => "transfer";

    public async IAsyncEnumerable<Operation> ListAsync(
        CustomerId customer, AccountId? account, Interval period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var transfer in table.ListUnbookedAsync(customer, period.Start, period.End, cancellation))
        {
            if ((account is null || transfer.From == account) && Of(await course.LookAsync(transfer, cancellation)) is { State: not OperationState.Booked } operation)
                yield return operation;
        }
    }

    public async Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(customer, new TransferId(id), cancellation) is { } record ? Of(await course.LookAsync(record.Transfer, cancellation)) : null;

    private Operation Of(Transfer transfer) => new(
        OperationId.Of(Name, transfer.Id.Value), transfer.From, transfer.OrderedAt,
        transfer.State switch
        {
            // Handed to the network, its money is only held: the debit is booked when the payee's bank has it.
            TransferState.Accepted or TransferState.Sent => OperationState.Pending,
            TransferState.Rejected => OperationState.Failed,
            _ => OperationState.Booked,
        },
        transfer.Kind.Code(), -transfer.Debit, transfer.Description ?? "", transfer.To.ToParty(), transfer.Id.Value.ToString("N"))
    {
        Transaction = transfer.Transaction,
        FailureCode = transfer.Failure?.Code,
    };
}
