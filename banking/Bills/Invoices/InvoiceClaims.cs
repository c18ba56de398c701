using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>Which payment has which invoice (BILL-24): taken before any money moves, kept when it is paid, freed when the payment fails.</summary>
/// <remarks>
/// A claim is a row that only one payment can insert. It is never deleted: freed, it says what failed, and the next payment takes it
/// over by its ETag. Every method may be repeated.
/// </remarks>
internal sealed class InvoiceClaims(BankTables tables, TimeProvider time)
{
    private readonly TableClient table = tables.Open(InvoiceKeys.Table);

    public async Task<ClaimRow?> FindAsync(ClientAccount account, string number, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<ClaimRow>(InvoiceKeys.Partition(account), InvoiceKeys.Claim(number), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>One call when nobody tried before.</summary>
    /// <returns>This payment's claim. Or, first match: <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceBeingPaid"/>,
    /// <see cref="PaymentInterrupted"/> when another run of this very payment has failed and freed it.</returns>
    public async Task<Result<ClaimRow>> TakeAsync(Payment payment, CancellationToken cancellation)
    {
        var mine = new ClaimRow
        {
            PartitionKey = InvoiceKeys.Partition(payment.Account),
            RowKey = InvoiceKeys.Claim(payment.InvoiceNumber),
            PaymentId = payment.Id.Value,
            Customer = payment.Customer.Value,
            State = nameof(ClaimState.Paying),
            At = time.GetUtcNow(),
        };
        while (true)
        {
            try
            {
                var answer = await table.AddEntityAsync(mine, cancellation);
                mine.ETag = answer.Headers.ETag ?? default;
                return mine;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // Somebody has it, or storage applied a try of ours whose answer was lost.
            }

            if (await FindAsync(payment.Account, payment.InvoiceNumber, cancellation) is not { } held)
                continue;
            if (held.PaymentId == payment.Id.Value)
                return held.ReadState() == ClaimState.Failed ? new PaymentInterrupted() : held;
            if (held.ReadState() == ClaimState.Paid)
                return new InvoiceAlreadyPaid();
            if (held.ReadState() == ClaimState.Paying)
                return new InvoiceBeingPaid();
            if (await ReplaceAsync(mine, held.ETag, cancellation))
                return mine;
        }
    }

    /// <param name="claim">As taken, to save a call; null when this run has not got it at hand.</param>
    public Task MarkPaidAsync(Payment payment, ClaimRow? claim, CancellationToken cancellation) =>
        ChangeAsync(payment, claim, ClaimState.Paid, null, cancellation);

    /// <param name="claim">As taken, to save a call; null when this run has not got it at hand.</param>
    public Task FreeAsync(Payment payment, ClaimRow? claim, string failure, CancellationToken cancellation) =>
        ChangeAsync(payment, claim, ClaimState.Failed, failure, cancellation);

    private async Task ChangeAsync(Payment payment, ClaimRow? claim, ClaimState state, string? failure, CancellationToken cancellation)
    {
        while (true)
        {
            claim ??= await FindAsync(payment.Account, payment.InvoiceNumber, cancellation);
            if (claim is null || claim.PaymentId != payment.Id.Value || claim.ReadState() != ClaimState.Paying)
                return;

            (claim.State, claim.Failure, claim.At) = (state.ToString(), failure, time.GetUtcNow());
            if (await ReplaceAsync(claim, claim.ETag, cancellation))
                return;
            claim = null;
        }
    }

    private async Task<bool> ReplaceAsync(ClaimRow row, ETag read, CancellationToken cancellation)
    {
        try
        {
            var answer = await table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellation);
            row.ETag = answer.Headers.ETag ?? default;
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }
}
