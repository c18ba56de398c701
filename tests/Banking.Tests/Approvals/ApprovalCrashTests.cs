using NodaTime;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Approvals;

public sealed class ApprovalCrashTests
{
    private static readonly AuditActor Ilir = AuditActor.Staff("ilir");
    private static readonly AuditActor Mira = AuditActor.Staff("mira");

    [Fact, ProvesCrashSafety(typeof(DecideChange)), ProvesCrashSafety(typeof(SettleChanges))]
    public async Task An_approved_reversal_killed_at_any_storage_call_is_done_once_with_one_trace_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Arta, ChangeId Change)>(
            Arrange: async bank =>
            {
                var arta = await bank.OpenAccountAsync("100000001", "100.00");
                var bill = Bill(arta, "60.00", "bill");
                await bank.PostAsync(bill);
                var change = await bank.Get<ProposeChange>().RunAsync(LedgerChanges.JournalReversal("key", bill.Id, arta, "Gabim"), Ilir, CancellationToken.None);
                return (arta, change.Value!.Id);
            },
            Act: (bank, s) => bank.Get<DecideChange>().RunAsync(s.Change, ChangeDecision.Approve, null, Mira, CancellationToken.None),
            Check: async (bank, s) =>
            {
                var change = (await bank.Get<ListChanges>().FindAsync(s.Change, CancellationToken.None)).Value!;
                var open = (await bank.Get<ListChanges>().RunAsync(isOpenOnly: true, PageRequest.First, CancellationToken.None)).Items.Count;
                var traces = await TracesAsync(bank);
                return ((await bank.BalanceAsync(s.Arta)).ToString(), await bank.NetAsync(Oshee), change.State, open, traces) switch
                {
                    ("ALL 40.00", "ALL 60.00", ChangeState.Proposed, 1, "change_proposed") => 0,
                    ("ALL 100.00", "ALL 0.00", ChangeState.Applied, 0, "change_applied change_proposed") => 1,
                    _ => -1,
                };
            })
        {
            Services = services => services.AddApprovals(),
            Heal = (bank, _) => bank.Get<SettleChanges>().RunAsync(CancellationToken.None),
        }), 8, 30);

    [Fact]
    public async Task A_proposal_killed_at_any_storage_call_is_one_proposal_or_none() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => bank.Get<ProposeChange>().RunAsync(
                LedgerChanges.AccountStatus("key", arta, AccountStatus.Blocked, "Urdhër"), Ilir, CancellationToken.None),
            Check: async (bank, _) => (await bank.Get<ListChanges>().RunAsync(isOpenOnly: true, PageRequest.First, CancellationToken.None)).Items.Count)
        { Services = services => services.AddApprovals() }), 3, 8);

    [Fact, ProvesCrashSafety(typeof(ResolveSuspense))]
    public async Task Suspense_paid_out_under_a_kill_at_any_storage_call_arrives_once_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Heir, Guid Item)>(
            Arrange: async bank =>
            {
                var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
                var item = await SuspendAsync(bank, arta, besnik);
                return (await bank.OpenAccountAsync("100000002", "0.00"), item.Id);
            },
            Act: (bank, s) => bank.Get<ResolveSuspense>().RunAsync(s.Item, s.Heir, CancellationToken.None),
            Check: async (bank, s) => ((await bank.BalanceAsync(s.Heir)).ToString(), await SuspendedAsync(bank)) switch
            {
                ("ALL 0.00", "ALL 4.00") => 0,
                ("ALL 4.00", "ALL 0.00") => 1,
                _ => -1,
            })), 5, 15);

    [Fact]
    public async Task A_credit_that_goes_to_suspense_under_a_kill_at_any_storage_call_is_listed_and_traced_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Arta, AccountId Besnik)>(
            Arrange: async bank =>
            {
                var s = (Arta: await bank.OpenAccountAsync("100000001", "10.00"), Besnik: await bank.OpenAccountAsync("100000002", "0.00"));
                await bank.Get<OpenJournals>().AddAsync(Transfer(s.Arta, s.Besnik, "4.00", "late"), isConditional: false, CancellationToken.None);
                await bank.Get<ChangeAccountStatus>().RunAsync(s.Besnik, AccountStatus.Blocked, CancellationToken.None);
                return s;
            },
            Act: (bank, _) => bank.SweepAsync(),
            Check: async (bank, s) => ((await bank.BalanceAsync(s.Arta)).ToString(), await SuspendedAsync(bank), (await ListAsync(bank)).Count, await TracesAsync(bank)) switch
            {
                ("ALL 6.00", "ALL 4.00", 1, "credit_suspended") => 1,
                _ => -1,
            })), 5, 40);

    [Fact]
    public async Task A_resolution_that_was_refused_leaves_the_item_open_for_another_account()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var item = await SuspendAsync(bank, arta, besnik);
        var resolve = bank.Get<ResolveSuspense>();

        Assert.Equal("account_blocked", (await resolve.RunAsync(item.Id, besnik, CancellationToken.None)).Error!.Code);
        Assert.Equal(SuspenseState.Open, Assert.Single(await ListAsync(bank)).State);
        Assert.True((await resolve.RunAsync(item.Id, arta, CancellationToken.None)).IsSuccess);
        Assert.Equal("suspense_item_taken", (await resolve.RunAsync(item.Id, besnik, CancellationToken.None)).Error!.Code);
        Assert.True((await resolve.RunAsync(item.Id, arta, CancellationToken.None)).IsSuccess);

        Assert.Equal("ALL 10.00", (await bank.BalanceAsync(arta)).ToString());
        Assert.Empty(await ListAsync(bank));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact, ProvesCrashSafety(typeof(SetOverdraftLimit))]
    public async Task An_overdraft_set_under_a_kill_at_any_storage_call_is_set_or_not() =>
        Assert.Equal(2, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => bank.Get<SetOverdraftLimit>().RunAsync(arta, All("50.00"), CancellationToken.None),
            Check: async (bank, arta) => (await bank.Get<ReadBook>().RunAsync(arta, CancellationToken.None))!.Available.ToString() switch
            {
                "ALL 100.00" => 0,
                "ALL 150.00" => 1,
                _ => -1,
            })));

    [Fact, ProvesCrashSafety(typeof(SetMinimumBalance))]
    public async Task A_minimum_set_under_a_kill_at_any_storage_call_is_set_or_not() =>
        Assert.Equal(2, await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
            Act: (bank, arta) => bank.Get<SetMinimumBalance>().RunAsync(arta, All("50.00"), CancellationToken.None),
            Check: async (bank, arta) => (await bank.Get<ReadBook>().RunAsync(arta, CancellationToken.None))!.HighestDebit.ToString() switch
            {
                "ALL 100.00" => 0,
                "ALL 50.00" => 1,
                _ => -1,
            })));

    private static async Task<SuspenseItem> SuspendAsync(TestBank bank, AccountId arta, AccountId besnik)
    {
        await bank.Get<OpenJournals>().AddAsync(Transfer(arta, besnik, "4.00", "late"), isConditional: false, CancellationToken.None);
        await bank.Get<ChangeAccountStatus>().RunAsync(besnik, AccountStatus.Blocked, CancellationToken.None);
        await bank.SweepAsync();
        return Assert.Single(await ListAsync(bank));
    }

    private static async Task<IReadOnlyList<SuspenseItem>> ListAsync(TestBank bank) =>
        (await bank.Get<ListSuspense>().RunAsync(PageRequest.First, CancellationToken.None)).Items;

    /// <summary>Over all days: the transfer's and the resolution's differ.</summary>
    private static async Task<string> SuspendedAsync(TestBank bank)
    {
        var sum = Money.Zero(Currency.All);
        foreach (var day in new[] { Day, bank.Now.InZone(BankTime.Tirane).Date }.Distinct())
            sum += (await bank.Get<SumBankDay>().RunAsync(BankAccount.Suspense(Currency.All), day, CancellationToken.None)).Net;
        return sum.ToString();
    }

    private static async Task<string> TracesAsync(TestBank bank)
    {
        var today = bank.Now.InZone(BankTime.Tirane).Date;
        var trail = await bank.Get<ListAudit>().RunAsync(new AuditFilter(today.PlusDays(-2), today), PageRequest.First, CancellationToken.None);
        return string.Join(' ', trail.Items.Select(record => record.Event.Action).Order());
    }
}
