using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Transfers that the books do not show: on their way, or rejected (HIST-12).</summary>
internal sealed class TransferOperationSource(TransferTable table, TransferCourse course) : IOperationSource
{
    private const int PageSize = 100;

    public string Name => "transfer";

    public async IAsyncEnumerable<Operation> ListAsync(
        CustomerId customer, AccountId? account, Interval period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? after = period.HasEnd ? TransferKeys.Listed(period.End, default) : null; ;)
        {
            var (records, last) = await table.ListAsync(customer, after, PageSize, cancellation);
            foreach (var record in records)
            {
                if (period.HasStart && record.Transfer.OrderedAt < period.Start)
                    yield break;
                if ((account is null || record.Transfer.From == account) && period.Contains(record.Transfer.OrderedAt)
                    && record.Transfer.State is TransferState.Accepted or TransferState.Rejected
                    && Of(await course.LookAsync(record.Transfer, cancellation)) is { State: not OperationState.Booked } operation)
                    yield return operation;
            }

            if (last is null)
                yield break;
            after = last;
        }
    }

    public async Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(customer, new TransferId(id), cancellation) is { } record ? Of(await course.LookAsync(record.Transfer, cancellation)) : null;

    private Operation Of(Transfer transfer) => new(
        OperationId.Of(Name, transfer.Id.Value), transfer.From, transfer.OrderedAt,
        transfer.State switch
        {
            TransferState.Accepted => OperationState.Pending,
            TransferState.Rejected => OperationState.Failed,
            _ => OperationState.Booked,
        },
        transfer.Kind.Code(), -transfer.Debit, transfer.Description ?? "", transfer.To.ToParty(), transfer.Id.Value.ToString("N"))
    {
        Transaction = transfer.Transaction,
        FailureCode = transfer.Failure?.Code,
    };
}
