using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>The journals that these tests post, and how they look at what came of them.</summary>
internal static class Journals
{
    public static readonly LocalDate Day = new(2026, 3, 2);
    public static readonly BankAccount Oshee = BankAccount.Settlement("oshee", Currency.All);

    public static Money All(string amount) => Money.Find(amount, Currency.All)!;

    public static Money Euro(string amount) => Money.Find(amount, Currency.Eur)!;

    public static Journal Bill(AccountId debtor, string amount, string key = "", LocalDate? day = null) => new(
        Id(key), "bill_payment", [Leg.Debit(debtor, All(amount)), Leg.Credit(Oshee, All(amount))], "Fatura OSHEE", day ?? Day, "invoice 1");

    public static Journal Transfer(AccountId debtor, AccountId creditor, string amount, string key = "") => new(
        Id(key), "transfer", [Leg.Debit(debtor, All(amount)), Leg.Credit(creditor, All(amount))], "Qira", Day, "transfer 1");

    public static Journal Deposit(AccountId creditor, string amount, string key = "") => new(
        Id(key), "cash_deposit", [Leg.Debit(BankAccount.Cash(Currency.All), All(amount)), Leg.Credit(creditor, All(amount))], "Derdhje", Day, "");

    public static TransactionId Id(string key) => TransactionId.Derive("test", key.Length > 0 ? key : Guid.NewGuid().ToString());

    public static async Task<string> PostAsync(this TestBank bank, Journal journal)
    {
        var posted = await bank.Get<PostJournal>().RunAsync(journal, CancellationToken.None);
        return posted.Match(p => $"{p.BalanceAfter}{(p.IsComplete ? "" : " pending")}", error => error.Code);
    }

    public static async Task<string> NetAsync(this TestBank bank, BankAccount account) =>
        (await bank.Get<SumBankDay>().RunAsync(account, Day, CancellationToken.None)).Net.ToString();

    /// <summary>Calls since the last reset without keys and prefix, in order: <c>POST ledger</c>.</summary>
    public static async Task<IReadOnlyList<string>> CallsAsync(this TestBank bank)
    {
        await bank.SettleAsync();
        var calls = bank.Storage.Calls.Select(call => call switch
        {
            _ when call.Contains("journals", StringComparison.Ordinal) => call.Split(' ')[0] + " journals",
            _ when call.Contains("ledger", StringComparison.Ordinal) => call.Split(' ')[0] + " ledger",
            _ when call.Contains("accounts", StringComparison.Ordinal) => call.Split(' ')[0] + " accounts",
            _ => call,
        }).ToArray();
        bank.Storage.Reset();
        return calls;
    }
}
