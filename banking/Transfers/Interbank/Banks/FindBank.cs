using Serverless.Banking.Accounts;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Shows which bank an IBAN belongs to, so that the customer can check it (TRF-19).</summary>
public sealed class FindBank(BankDirectory directory)
{
    /// <returns>The bank. Or, first match: <see cref="IbanInvalid"/>, <see cref="BankNotFound"/>.</returns>
    public Result<BankDetails> Run(string text) => Iban.Find(text) is not { } iban ? new IbanInvalid("/iban")
        : directory.Find(iban) is { } bank ? bank
        : new BankNotFound("international_transfer_by_bank");
}
