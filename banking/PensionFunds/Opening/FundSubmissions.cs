using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>Carries a confirmation that was written into a draft to its end: submitted, or a draft again. The customer, retries and the workflow all go this course.</summary>
/// <remarks>
/// The contribution's transfer has an id made of fund and attempt, so every run of the attempt meets the same transfer. A refused attempt is given up only after its journal was voided: it can
/// never be booked later, beside the transfer of another attempt.
/// </remarks>
internal sealed class FundSubmissions(FundTable table, SendTransfer transfers, VoidJournal voidJournal, FundRules rules)
{
    /// <returns>The fund, submitted or further. Or the error that the payment failed with; then it is a draft again.</returns>
    public async Task<Result<StoredFund>> CarryThroughAsync(StoredFund stored, CancellationToken cancellation)
    {
        if (stored.It is not { State: FundState.Draft, Submission: { } submission })
            return stored;
        if (submission.Terms is { } terms)
        {
            var order = OrderOf(stored.It, submission, terms);
            var sent = await transfers.RunAsync(order, cancellation);
            if (!sent.IsSuccess)
            {
                if (sent.Error is AccountBusy)
                    return sent.Error;

                // Another run of this attempt may have been luckier: then the money has moved.
                var voided = await voidJournal.RunAsync(new TransactionId(order.Id.Value), terms.From, cancellation);
                if (voided.Value != VoidOutcome.AlreadyPosted)
                {
                    await ReopenAsync(stored, submission, cancellation);
                    return sent.Error is TransactionVoided ? new TransferInterrupted() : sent.Error;
                }
            }
        }

        return await table.ChangeAsync(
            stored,
            it => it.State == FundState.Draft && it.Submission?.Order == submission.Order && it.Submission.Attempt == submission.Attempt
                ? it.At(FundState.Submitted, rules.Now, rules.Now + Duration.FromDays(rules.Options.SignDays))
                : null,
            cancellation);
    }

    public static TransferId TransferOf(PrivateFund it, FundSubmission submission) =>
        TransferId.Derive(it.Customer, "pension_fund_opening", it.Id.ToString("N"), submission.Attempt.ToString("D", null));

    private static TransferOrder OrderOf(PrivateFund it, FundSubmission submission, TransferTerms terms)
    {
        var id = TransferOf(it, submission);
        var name = id.Value.ToString("N");
        return new TransferOrder(id, TransferKind.Pension, it.Customer, IdempotencyKey.Of(name), name, terms, submission.Device)
        {
            Origin = FundOrigins.Of(it.Id, FundContributionKind.Opening),
        };
    }

    /// <summary>Another run may have reopened it before, and somebody may be confirming anew: that attempt is not this one's.</summary>
    private Task<StoredFund> ReopenAsync(StoredFund stored, FundSubmission failed, CancellationToken cancellation) => table.ChangeAsync(
        stored,
        it => it.State == FundState.Draft && it.Submission?.Attempt == failed.Attempt ? it with { Submission = null, FailedSubmissions = failed.Attempt } : null,
        cancellation);
}
