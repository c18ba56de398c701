using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>Keeps the error a payment failed with, so that a retry with the same key gets the same answer.</summary>
/// <remarks>The code and at most one fact; a new error that can end a payment is added to both methods, and a test tries all of them.</remarks>
internal static class PaymentFailures
{
    public static string? FactOf(Error? failure) => failure switch
    {
        InsufficientFunds funds => Write(funds.Missing),
        MinimumBalanceReached minimum => Write(minimum.Highest),
        InvoiceAmountChanged changed => Write(changed.Quoted),
        AccountNotUsable account => account.AccountStatus.ToString(),
        AccountCurrencyMismatch currencies => $"{currencies.AccountCurrency} {currencies.AmountCurrency}",
        _ => null,
    };

    // "account_not_usable" is what rows of an earlier release say.
    public static Error Restore(string code, string? fact) => code switch
    {
        "insufficient_funds" => new InsufficientFunds(ReadMoney(fact)),
        "invoice_amount_changed" => new InvoiceAmountChanged(ReadMoney(fact)),
        "account_blocked" or "account_not_usable" => new AccountNotUsable(Enum.Parse<AccountStatus>(fact!)),
        "minimum_balance" => new MinimumBalanceReached(ReadMoney(fact)),
        "account_currency_mismatch" => new AccountCurrencyMismatch(fact!.Split(' ')[0], fact.Split(' ')[1]),
        "account_not_found" => new AccountNotFound(),
        "account_busy" => new AccountBusy(),
        "balance_too_large" => new BalanceTooLarge(),
        "journal_mismatch" => new JournalMismatch(),
        "invoice_already_paid" => new InvoiceAlreadyPaid(),
        "invoice_being_paid" => new InvoiceBeingPaid(),
        "invoice_withdrawn" => new InvoiceWithdrawn(),
        "invoice_not_found" => new InvoiceNotFound(),
        "payment_interrupted" => new PaymentInterrupted(),
        _ => throw new InvalidOperationException($"A payment cannot have failed with '{code}'."),
    };

    private static string Write(Money money) => $"{money.Currency.Code} {money.ToDecimalString()}";

    private static Money ReadMoney(string? fact)
    {
        var parts = fact!.Split(' ');
        return Money.Find(parts[1], Currency.Of(parts[0]))!;
    }
}
