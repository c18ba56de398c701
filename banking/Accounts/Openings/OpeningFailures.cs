using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Keeps the error that a funding was refused with, so that a retry with the same key gets the same answer.</summary>
internal static class OpeningFailures
{
    public static string? FactOf(Error? failure) => failure switch
    {
        InsufficientFunds funds => Write(funds.Missing),
        MinimumBalanceReached minimum => Write(minimum.Highest),
        AccountNotUsable account => account.AccountStatus.ToString(),
        _ => null,
    };

    /// <summary>False for what may be otherwise a moment later: the order stands, and its repeat goes on.</summary>
    public static bool IsFinal(Error failure) => failure is not AccountBusy;

    public static Error Restore(string code, string? fact) => code switch
    {
        "insufficient_funds" => new InsufficientFunds(ReadMoney(fact)),
        "minimum_balance" => new MinimumBalanceReached(ReadMoney(fact)),
        "account_blocked" => new AccountNotUsable(Enum.Parse<AccountStatus>(fact!)),
        "account_not_found" => new AccountNotFound(),
        "balance_too_large" => new BalanceTooLarge(),
        "transaction_voided" => new TransactionVoided(),
        "journal_mismatch" => new JournalMismatch(),
        _ => throw new InvalidOperationException($"A funding cannot have been refused with '{code}'."),
    };

    private static string Write(Money money) => $"{money.Currency.Code} {money.ToDecimalString()}";

    private static Money ReadMoney(string? fact)
    {
        var parts = fact!.Split(' ');
        return Money.Find(parts[1], Currency.Of(parts[0]))!;
    }
}
