using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>Which payment has which invoice (BILL-24): taken before any money moves, kept when it is paid, freed when the payment fails.</summary>
/// <remarks>
/// A claim is a row that only one payment can insert. Freed, it says what failed, and the next payment takes it over by its ETag. Every method
/// may be repeated. A claim is written beside its payment's record, so a killed process may leave one whose payment never was: it gives way
/// to the next payment, which withdraws the other's journal first, so that even one that is slow instead of dead finds out before its debit.
/// </remarks>
internal sealed class InvoiceClaims(BankTables tables, PaymentTable payments, VoidJournal voids, IOptions<BillsOptions> options, TimeProvider time)
{
    private const int TwinLooksAtMost = 8;

    private readonly TableClient table = tables.Open(InvoiceKeys.Table);

    /// <summary>As <see cref="FindAsync"/>; null also for a claim that the next payment will be given.</summary>
    public async Task<ClaimRow?> FindStandingAsync(ClientAccount account, string number, CancellationToken cancellation) =>
        await FindAsync(account, number, cancellation) is { } claim && !await IsAbandonedAsync(claim, account, number, cancellation) ? claim : null;

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
            FromAccount = payment.From.Value,
            State = nameof(ClaimState.Paying),
            At = time.GetUtcNow(),
        };
        var looks = 0;
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
            if (held.ReadState() == ClaimState.Paying
                && !(await IsAbandonedAsync(held, payment.Account, payment.InvoiceNumber, cancellation) && await WithdrawAsync(held, cancellation)))
            {
                if (held.Customer != mine.Customer || ++looks > TwinLooksAtMost)
                    return new InvoiceBeingPaid();

                // Perhaps a twin with another key that has lost their quote to this payment and is about to give its claim back.
                await StorageFaults.BackOffAsync(looks);
                continue;
            }

            if (await ReplaceAsync(mine, held.ETag, cancellation))
                return mine;
        }
    }

    /// <summary>Takes back a claim that this run took and its payment will not use. One that has been rewritten meanwhile stays.</summary>
    public Task GiveBackAsync(ClaimRow claim, CancellationToken cancellation) =>
        table.TryDeleteAsync(claim.PartitionKey, claim.RowKey, claim.ETag, cancellation);

    /// <summary>Frees the invoice of a payment that was begun and never recorded, and makes sure that it is not debited unless it begins anew.</summary>
    public async Task ForsakeAsync(Payment unrecorded, CancellationToken cancellation)
    {
        if (await voids.WithdrawAsync(unrecorded.Journal, unrecorded.From, cancellation)
            && await FindAsync(unrecorded.Account, unrecorded.InvoiceNumber, cancellation) is { } claim
            && claim.PaymentId == unrecorded.Id.Value && claim.ReadState() == ClaimState.Paying)
        {
            await GiveBackAsync(claim, cancellation);
        }
    }

    /// <summary>Taken some time ago for a payment that is not recorded, or is recorded for another invoice.</summary>
    private async Task<bool> IsAbandonedAsync(ClaimRow claim, ClientAccount account, string number, CancellationToken cancellation)
    {
        if (claim.ReadState() != ClaimState.Paying || claim.FromAccount is null || time.GetUtcNow() - claim.At < options.Value.SweepAfter)
            return false;
        var payment = (await payments.FindAsync(CustomerId.Of(claim.Customer), new PaymentId(claim.PaymentId), cancellation))?.Payment;
        return payment is null || payment.Account != account || payment.InvoiceNumber != number;
    }

    /// <returns>False when the payment was debited after all.</returns>
    private Task<bool> WithdrawAsync(ClaimRow claim, CancellationToken cancellation) =>
        voids.WithdrawAsync(Payment.JournalOf(new PaymentId(claim.PaymentId)), new AccountId(claim.FromAccount!.Value), cancellation);

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
