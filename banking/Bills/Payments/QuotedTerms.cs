using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>What the customer was told, sealed in the quote.</summary>
/// <param name="Debit">What the account is debited, in its own currency.</param>
/// <param name="Rate">Null when account and invoice have the same currency.</param>
internal sealed record QuotedTerms(
    string Company, string ClientCode, string InvoiceNumber, Money Amount, Money Penalty, Guid FromAccount, Money Debit, decimal? Rate)
{
    public const string Purpose = "bill_payment";

    /// <summary>One like it that was made shortly before; null when there is none (EKL-30).</summary>
    public Guid? PossibleDuplicate { get; init; }

    public ClientAccount Account => new(new CompanyId(Company), ClientCode);

    public AccountId From => new(FromAccount);
}
