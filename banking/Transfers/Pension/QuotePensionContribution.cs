using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Text;

namespace Serverless.Banking.Transfers;

/// <summary>A contribution to a pension fund; exactly one of the two numbers names it.</summary>
/// <param name="Amount">Positive, in the currency of the account to debit.</param>
public sealed record PensionContributionRequest(
    CustomerId Customer, string? PayerName, AccountId From, string? ContractNumber, string? PersonalNumber, Money Amount, OrderingDevice Device);

/// <summary>Prepares a contribution to a pension fund (TRF-25): counted and audited (TRF-42).</summary>
public sealed class QuotePensionContribution
{
    private const int ContractNumberAtMost = 34;

    private readonly FindAccount accounts;
    private readonly PensionClient managers;
    private readonly LookupGuard guard;
    private readonly PrepareTransfer prepare;

    internal QuotePensionContribution(FindAccount accounts, PensionClient managers, LookupGuard guard, PrepareTransfer prepare) =>
        (this.accounts, this.managers, this.guard, this.prepare) = (accounts, managers, guard, prepare);

    /// <returns>The quote: the beneficiary's name is the holder's, masked, with the management company. Or, first match: <see cref="LookupKeyNotOne"/>,
    /// <see cref="LookupKeyMalformed"/>, <see cref="AccountNotFound"/>, <see cref="AmountNotInAccountCurrency"/>, <see cref="TooManyRequests"/>,
    /// <see cref="PensionManagerUnavailable"/>, <see cref="PensionFundNotFound"/>, <see cref="SeveralPensionFunds"/>, and those of every prepare.</returns>
    public async Task<Result<TransferQuote>> RunAsync(PensionContributionRequest request, CancellationToken cancellation)
    {
        if (request.ContractNumber is null == request.PersonalNumber is null)
            return new LookupKeyNotOne("");
        var person = PersonalNumber.Find(request.PersonalNumber);
        if (request.PersonalNumber is not null && person is null)
            return new LookupKeyMalformed("/personalNumber");
        if (request.ContractNumber is { } number && (number.Length > ContractNumberAtMost || !number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            return new LookupKeyMalformed("/contractNumber");

        var source = await accounts.RunAsync(request.Customer, request.From, cancellation);
        if (!source.IsSuccess)
            return source.Error;
        if (request.Amount.Currency != source.Value.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", source.Value.Currency.Code);
        var allowed = await guard.EnterAsync(request.Customer, "fund", cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;

        var found = await managers.FindAsync(request.ContractNumber, person, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await guard.LeaveAsync(request.Customer, request.Device.Channel, "fund", person is null ? "contract_number" : "personal_number", null, cancellation);
        if (found.Value.Length != 1)
            return found.Value.Length == 0 ? new PensionFundNotFound() : new SeveralPensionFunds();

        var fund = found.Value[0];
        var payee = new Payee($"{Masked.Name(fund.Holder)}, {fund.Manager}", fund.ContractNumber, Fund: fund.ManagerId);
        return await prepare.RunAsync(
            new TransferDraft(
                TransferKind.Pension, request.Customer, request.PayerName, source.Value, payee, fund.Currency, request.Amount, null, request.Device),
            cancellation);
    }
}

/// <summary>No manager has such a fund.</summary>
public sealed record PensionFundNotFound() : NotFound("pension_fund_not_found");

/// <summary>The holder has more than one fund: name it by its contract number.</summary>
public sealed record SeveralPensionFunds() : Refused("several_pension_funds");
