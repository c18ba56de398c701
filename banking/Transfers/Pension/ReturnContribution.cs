using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Gives a contribution back that nobody took; both steps happen once however often they run. The state comes last: a returned transfer is looked after by nobody.</summary>
internal sealed class ReturnContribution(ReverseJournal reverse, TransferTable table, TimeProvider time)
{
    public async Task RunAsync(Transfer settled, CancellationToken cancellation)
    {
        var reversed = await reverse.RunAsync(
            settled.Transaction, settled.From, TransactionId.Derive("pension_return", settled.Id.Value.ToString("N")), "Kthim kontributi", cancellation);
        if (reversed is { IsSuccess: false, Error: not AlreadyReversed })
            throw new InvalidOperationException($"Contribution {settled.Id} cannot be given back: {reversed.Error!.Code}.");
    }

    public async Task CloseAsync(Transfer settled, CancellationToken cancellation)
    {
        if (await table.FindAsync(settled.Customer, settled.Id, cancellation) is { Transfer.State: TransferState.Settled } record
            && !await table.ReplaceAsync(record, record.Transfer.At(TransferState.Returned, Instant.FromDateTimeOffset(time.GetUtcNow()))))
            throw new InvalidOperationException($"Transfer {settled.Id} is being changed by somebody else.");
    }
}

/// <summary>A capability that keeps account of the contributions to its customers' own funds.</summary>
internal interface IFundContributions
{
    /// <summary>It tells the manager of this contribution itself.</summary>
    bool PassesOn(Transfer contribution);

    /// <summary>The manager has answered; repeated, it changes nothing.</summary>
    Task NoteAsync(Transfer contribution, bool isReturned, CancellationToken cancellation);
}
