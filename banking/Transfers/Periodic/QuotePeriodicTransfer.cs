using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Transfers;

/// <summary>A standing transfer as the customer wants it.</summary>
/// <param name="ToOwn">The other account of the customer; exactly one of this and <paramref name="To"/>.</param>
public sealed record PeriodicRequest(
    CustomerId Customer, AccountId From, AccountId? ToOwn, PayeeChoice? To, Money Amount, string? Details, PeriodicFrequency Frequency, LocalDate StartsOn,
    LocalDate? EndsOn, int? Count);

/// <summary>A standing transfer as it will be registered.</summary>
public sealed record QuotedPeriodicTransfer(TransferKind Kind, PeriodicTerms Terms, LocalDate FirstOn, Money Fee, string TermsVersion);

/// <summary>Checks the data and the schedule of a standing transfer and shows them before the terms are accepted (TRF-28, TRF-29).</summary>
public sealed class QuotePeriodicTransfer
{
    internal const string Purpose = "periodic_transfer";

    private readonly PeriodicRules rules;
    private readonly PeriodicPayees payees;
    private readonly TransferFees fees;
    private readonly ConfirmableQuotes quotes;
    private readonly PeriodicOptions options;

    internal QuotePeriodicTransfer(PeriodicRules rules, PeriodicPayees payees, TransferFees fees, ConfirmableQuotes quotes, IOptions<PeriodicOptions> options) =>
        (this.rules, this.payees, this.fees, this.quotes, this.options) = (rules, payees, fees, quotes, options.Value);

    /// <returns>The quote. Or, first match: <see cref="PeriodicPayeeNotOne"/>, the errors of <see cref="PeriodicPayees"/>, those of <see cref="PeriodicRules"/>.</returns>
    public async Task<Result<SealedQuote<QuotedPeriodicTransfer>>> RunAsync(PeriodicRequest request, CancellationToken cancellation)
    {
        if (request.ToOwn is null == request.To is null)
            return new InvalidInput([new PeriodicPayeeNotOne("/toAccountId")]);
        var kind = request.ToOwn is null ? TransferKind.Inside : TransferKind.Own;
        var to = request.To is { } choice
            ? await payees.FindAsync(request.Customer, choice, cancellation)
            : new Payee("", "", request.ToOwn, request.Customer);
        if (!to.IsSuccess)
            return to.Error;

        var wanted = new PeriodicTerms(
            request.From, to.Value, request.Amount, request.Details, request.Frequency, request.StartsOn, request.EndsOn, request.Count);
        var terms = await rules.CheckAsync(request.Customer, kind, wanted, before: null, passed: 0, cancellation);
        if (!terms.IsSuccess)
            return terms.Error;
        var good = terms.Value;
        return await quotes.SealAsync(
            request.Customer,
            new QuotedPeriodicTransfer(kind, good, PeriodicSchedule.FirstFrom(good, good.StartsOn)!.Value, fees.Of(kind, good.Amount), options.TermsVersion),
            FactsOf(Purpose, good), PayeeStanding.NeverExempt, cancellation);
    }

    internal static ConfirmationFacts FactsOf(string operation, PeriodicTerms terms) => ConfirmationFacts.Of(
        operation, terms.Amount, terms.To.Name, terms.To.Account.Length > 0 ? terms.To.Account : terms.To.AccountId?.ToString());
}
