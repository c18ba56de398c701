using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <param name="PayerName">As the token has it.</param>
/// <param name="Amount">Positive, in the currency of the account to debit.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it; not empty.</param>
/// <param name="Phone">The payee's, if the customer gave it.</param>
public sealed record InsideTransferRequest(
    CustomerId Customer, string? PayerName, AccountId From, PayeeChoice To, Money Amount, string Description, PhoneNumber? Phone, OrderingDevice Device);

/// <summary>Prepares a transfer to an account of any customer of the bank (TRF-11).</summary>
public sealed class QuoteInsideTransfer
{
    private readonly FindAccount accounts;
    private readonly InsidePayees payees;
    private readonly BeneficiaryTable beneficiaries;
    private readonly PrepareTransfer prepare;

    internal QuoteInsideTransfer(FindAccount accounts, InsidePayees payees, BeneficiaryTable beneficiaries, PrepareTransfer prepare) =>
        (this.accounts, this.payees, this.beneficiaries, this.prepare) = (accounts, payees, beneficiaries, prepare);

    /// <returns>The quote. Or, first match: <see cref="IbanInvalid"/>, <see cref="AccountNotFound"/>, <see cref="AmountNotInAccountCurrency"/>,
    /// <see cref="BeneficiaryNotFound"/>, <see cref="BeneficiaryTypeMismatch"/>, <see cref="BeneficiaryGone"/>, <see cref="NotThisBank"/>, <see cref="PayeeNotFound"/>,
    /// <see cref="SameAccount"/>, <see cref="PayeeAccountNotUsable"/>, and those of every prepare: the account, the rate, limits, then money.</returns>
    public async Task<Result<TransferQuote>> RunAsync(InsideTransferRequest request, CancellationToken cancellation)
    {
        var finding = accounts.RunAsync(request.Customer, request.From, cancellation);
        var payee = await FindPayeeAsync(request, cancellation);
        var source = await finding;
        if (payee.Error is IbanInvalid malformed)
            return malformed;
        if (!source.IsSuccess)
            return source.Error;
        if (request.Amount.Currency != source.Value.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", source.Value.Currency.Code);
        if (!payee.IsSuccess)
            return payee.Error;

        var to = payee.Value;
        if (to.Book.Id == request.From)
            return new SameAccount("/beneficiary");
        if (!PostingRules.CanCredit(to.Book.Status))
            return new PayeeAccountNotUsable();
        return await prepare.RunAsync(
            new TransferDraft(
                TransferKind.Inside, request.Customer, request.PayerName, source.Value, to.Payee with { Phone = request.Phone?.Value }, to.Book.Currency,
                request.Amount, request.Description, request.Device, to.Match, to.Standing),
            cancellation);
    }

    private async Task<Result<InsidePayee>> FindPayeeAsync(InsideTransferRequest request, CancellationToken cancellation)
    {
        switch (request.To)
        {
            case PayeeChoice.OfAccount of:
                return await payees.FindAsync(of.Account, of.Name, cancellation);
            case PayeeChoice.OfReference of:
                return await payees.FindAsync(request.Customer, of.Reference, cancellation);
            case PayeeChoice.OfBeneficiary of:
                if (await beneficiaries.FindAsync(request.Customer, of.Beneficiary, cancellation) is not { } beneficiary)
                    return new BeneficiaryNotFound();
                if (beneficiary.Type != BeneficiaryType.Inside)
                    return new BeneficiaryTypeMismatch(beneficiary.Type);
                var found = await payees.FindAsync(beneficiary, cancellation);
                if (found.Error is PayeeNotFound)
                    return new BeneficiaryGone(of.Beneficiary);
                return found.Then<InsidePayee>(one => one with { Standing = beneficiary.Standing });
            default:
                throw new ArgumentOutOfRangeException(nameof(request));
        }
    }
}
