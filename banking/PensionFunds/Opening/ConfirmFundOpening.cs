using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <param name="Quote">As <see cref="QuoteFundOpening"/> gave it.</param>
/// <param name="AcceptedContract">The version of the contract that was read; null for none.</param>
public sealed record FundOpeningConfirmation(
    CustomerId Customer, Guid Fund, IdempotencyKey Key, string RequestHash, string Quote, string? AcceptedContract, OrderingDevice Device, string Installation,
    Language Language);

/// <summary>Confirms an application, once (LDP-15): what is paid at once is debited, then it goes to the company.</summary>
/// <remarks>
/// The confirmation is written into the draft first, under its ETag: from then on nobody else confirms or changes it. Then the money moves, then the application is submitted; its workflow does
/// the rest. What a killed process leaves is carried through by the customer's repeat or by the workflow.
/// </remarks>
public sealed class ConfirmFundOpening
{
    private readonly FundTable table;
    private readonly FundSubmissions submissions;
    private readonly SealedQuotes quotes;
    private readonly FundRules rules;

    internal ConfirmFundOpening(FundTable table, FundSubmissions submissions, SealedQuotes quotes, FundRules rules) =>
        (this.table, this.submissions, this.quotes, this.rules) = (table, submissions, quotes, rules);

    /// <returns>The application as it was submitted: wake its workflow; of the same order before its answer. Or, first match: <see cref="QuoteNotFound"/>, <see cref="ContractNotAccepted"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="PrivateFundNotFound"/>, <see cref="FundBusy"/> (another order confirms it now), <see cref="FundApplicationNotDraft"/>,
    /// <see cref="FundApplicationChanged"/>, <see cref="QuoteExpired"/>, then the errors of <see cref="SendTransfer"/>, after which it is a draft as before.</returns>
    public async Task<Result<PrivateFund>> RunAsync(FundOpeningConfirmation confirmation, CancellationToken cancellation)
    {
        var quote = quotes.OpenEvenExpired<QuotedFundOpening>(confirmation.Customer, QuoteFundOpening.Purpose, confirmation.Quote);
        if (!quote.IsSuccess)
            return quote.Error;
        if (quote.Value.Content.Fund != confirmation.Fund)
            return new QuoteNotFound();
        if (confirmation.AcceptedContract != PensionPlans.ContractVersion)
            return new ContractNotAccepted(PensionPlans.ContractVersion);
        var row = FundTable.KeyRow(confirmation.Customer, confirmation.Key);
        if (!await table.TakeKeyAsync(confirmation.Customer, row, new UsedKey(confirmation.RequestHash, confirmation.Fund), cancellation))
            return new IdempotencyKeyReused();

        var order = StableGuid.Of("pension_fund_order", row);
        var quoted = quote.Value.Content;
        while (true)
        {
            if (await table.FindAsync(confirmation.Customer, confirmation.Fund, cancellation) is not { } stored)
                return new PrivateFundNotFound();
            var it = stored.It;
            if (it.Submission?.Order == order)
                return (await submissions.CarryThroughAsync(stored, cancellation)).Then(submitted => submitted.It.AsSubmitted());
            if (it is { State: FundState.Draft, Submission: not null })
                return new FundBusy();
            if (it.SeenAt(rules.Now) is { State: not FundState.Draft } gone)
                return new FundApplicationNotDraft(gone.State);
            if (it.Plan != quoted.Plan || it.Description != quoted.Description || it.Payment != quoted.Payment)
                return new FundApplicationChanged();
            if (quote.Value.ExpiresAt <= rules.Now)
                return new QuoteExpired(quote.Value.ExpiresAt);
            var begun = new FundSubmission(
                order, it.FailedSubmissions + 1, quoted.Payment.Mode == FundPaymentMode.OneTime ? quoted.Terms : null, confirmation.Device, PensionPlans.ContractVersion, rules.Now,
                confirmation.Installation, confirmation.Language);
            if (await table.ReplaceAsync(stored, it with { Submission = begun }, cancellation) is { } claimed)
                return (await submissions.CarryThroughAsync(claimed, cancellation)).Then(submitted => submitted.It.AsSubmitted());
        }
    }
}
