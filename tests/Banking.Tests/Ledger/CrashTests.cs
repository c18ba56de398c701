using Azure.Data.Tables;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class CrashTests
{
    [Fact, ProvesCrashSafety(typeof(PostJournal))]
    public async Task A_bill_payment_killed_at_any_storage_call_is_done_once_or_not_at_all()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "2000.00"),
            Act: (bank, arta) => bank.PostAsync(Bill(arta, "1707.40", "one")),
            Check: async (bank, arta) => ((await bank.BalanceAsync(arta)).ToString(), await bank.NetAsync(Oshee)) switch
            {
                ("ALL 2000.00", "ALL 0.00") => 0,
                ("ALL 292.60", "ALL 1707.40") => 1,
                _ => -1,
            }));

        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task A_transfer_with_a_fee_killed_at_any_storage_call_is_done_once_or_not_at_all()
    {
        var fees = new BankAccount("fees/transfers", Currency.All);
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Arta, AccountId Besnik)>(
            Arrange: async bank => (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00")),
            Act: (bank, s) => bank.PostAsync(new Journal(
                Id("transfer"), "transfer",
                [
                    Leg.Debit(s.Arta, All("50.00")), Leg.Credit(s.Besnik, All("50.00")), Leg.Debit(s.Arta, All("0.30")), Leg.Credit(fees, All("0.30")),
                ],
                "Qira", Day, "")),
            Check: async (bank, s) =>
                ((await bank.BalanceAsync(s.Arta)).ToString(), (await bank.BalanceAsync(s.Besnik)).ToString(), await bank.NetAsync(fees)) switch
                {
                    ("ALL 100.00", "ALL 0.00", "ALL 0.00") => 0,
                    ("ALL 49.70", "ALL 50.00", "ALL 0.30") => 1,
                    _ => -1,
                }));

        Assert.Equal(5, calls);
    }

    [Fact, ProvesCrashSafety(typeof(DepositCash))]
    public async Task A_cash_deposit_killed_at_any_storage_call_is_done_once_or_not_at_all() =>
        Assert.Equal(4, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "0.00"),
            Act: (bank, arta) => bank.Get<DepositCash>().RunAsync(new CashDeposit("teller-1|key", arta, All("20.00"), "Derdhje"), CancellationToken.None),
            Check: async (bank, arta) => ((await bank.BalanceAsync(arta)).ToString(), await bank.NetAsync(BankAccount.Cash(Currency.All))) switch
            {
                ("ALL 0.00", "ALL 0.00") => 0,
                ("ALL 20.00", "ALL -20.00") => 1,
                _ => -1,
            })));

    [Fact, ProvesCrashSafety(typeof(ReverseJournal))]
    public async Task A_reversal_killed_at_any_storage_call_is_done_once_or_not_at_all() =>
        Assert.Equal(6, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Arta, TransactionId Bill)>(
            Arrange: async bank =>
            {
                var arta = await bank.OpenAccountAsync("100000001", "100.00");
                var bill = Bill(arta, "60.00", "bill");
                await bank.PostAsync(bill);
                return (arta, bill.Id);
            },
            Act: (bank, s) => bank.Get<ReverseJournal>().RunAsync(s.Bill, s.Arta, Id("back"), "Gabim", CancellationToken.None),
            Check: async (bank, s) => ((await bank.BalanceAsync(s.Arta)).ToString(), await bank.NetAsync(Oshee)) switch
            {
                ("ALL 40.00", "ALL 60.00") => 0,
                ("ALL 100.00", "ALL 0.00") => 1,
                _ => -1,
            })));

    [Fact]
    public async Task A_journal_of_the_banks_own_accounts_killed_at_any_storage_call_is_done_once_or_not_at_all()
    {
        var correspondent = new BankAccount("correspondent/bkt", Currency.All);
        Assert.Equal(5, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: _ => Task.FromResult("settlement"),
            Act: (bank, key) => bank.PostAsync(new Journal(
                Id(key), "settlement", [Leg.Debit(Oshee, All("5.00")), Leg.Credit(correspondent, All("5.00"))], "", Day, "")),
            Check: async (bank, _) => (await bank.NetAsync(Oshee), await bank.NetAsync(correspondent)) switch
            {
                ("ALL 0.00", "ALL 0.00") => 0,
                ("ALL -5.00", "ALL 5.00") => 1,
                _ => -1,
            })));
    }

    [Fact, ProvesCrashSafety(typeof(OpenAccount)), ProvesCrashSafety(typeof(OpenBook))]
    public async Task Opening_an_account_killed_at_any_storage_call_gives_one_account()
    {
        var opening = new AccountOpening("teller-1|key", CustomerId.Of("100000001"), Currency.All, "Kryesore", IsMain: true);
        Assert.Equal(3, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountOpening>(
            Arrange: _ => Task.FromResult(opening),
            Act: (bank, command) => bank.Get<OpenAccount>().RunAsync(command, CancellationToken.None),
            Check: async (bank, command) => (await bank.Get<ListAccounts>().RunAsync(command.Owner, CancellationToken.None)).Count)));
    }

    [Fact, ProvesCrashSafety(typeof(VoidJournal))]
    public async Task Voiding_killed_at_any_storage_call_voids_or_not() =>
        Assert.Equal(1, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => bank.Get<VoidJournal>().RunAsync(Id("void"), arta, CancellationToken.None),
            Check: async (bank, arta) => (await bank.Get<BankTables>().Open(LedgerKeys.Table).GetEntityIfExistsAsync<TableEntity>(
                LedgerKeys.Partition(arta), LedgerKeys.Marker(Id("void")))).HasValue ? 1 : 0)));

    [Fact, ProvesCrashSafety(typeof(ChangeAccountStatus))]
    public async Task Blocking_an_account_killed_at_any_storage_call_blocks_it_or_not() =>
        Assert.Equal(2, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => bank.Get<ChangeAccountStatus>().RunAsync(arta, AccountStatus.Blocked, CancellationToken.None),
            Check: async (bank, arta) => (await bank.Get<ReadBook>().RunAsync(arta, CancellationToken.None))!.Status switch
            {
                AccountStatus.Active => 0,
                AccountStatus.Blocked => 1,
                _ => -1,
            })));

    [Fact, ProvesCrashSafety(typeof(SetOverdraftLimit)), ProvesCrashSafety(typeof(SetMinimumBalance))]
    public async Task A_limit_killed_at_any_storage_call_is_set_or_not()
    {
        Assert.Equal(2, await CrashHarness.ForEveryStorageCallAsync(Limit(
            (bank, arta) => bank.Get<SetOverdraftLimit>().RunAsync(arta, All("50.00"), CancellationToken.None), book => book.OverdraftLimit)));
        Assert.Equal(2, await CrashHarness.ForEveryStorageCallAsync(Limit(
            (bank, arta) => bank.Get<SetMinimumBalance>().RunAsync(arta, All("50.00"), CancellationToken.None), book => book.MinimumBalance)));

        static CrashScenario<AccountId> Limit(Func<TestBank, AccountId, Task> act, Func<AccountBook, Money> limit) => new(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: act,
            Check: async (bank, arta) => limit((await bank.Get<ReadBook>().RunAsync(arta, CancellationToken.None))!).ToString() switch
            {
                "ALL 0.00" => 0,
                "ALL 50.00" => 1,
                _ => -1,
            });
    }
}
