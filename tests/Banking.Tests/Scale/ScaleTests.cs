using System.Text.Json.Nodes;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Scale;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Scale;

/// <summary>The simulator behind docs/scale.md keeps its own rules, counts with the bank's true partitions, and prints what the page says.</summary>
public sealed class ScaleTests
{
    private static readonly Model Bank = Model.Load();

    [Fact]
    public void The_committed_page_is_what_the_simulator_prints_for_the_committed_seed()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scale.md"));

        Assert.Equal(Page.With(page, Tables.Of(Bank)), page);
    }

    [Fact]
    public void The_same_seed_gives_the_same_day_and_another_seed_another()
    {
        var (one, again) = (Day(Bank), Day(Bank));

        Assert.Equal((one.SessionCalls, one.Calls, one.TotalCalls, one.Sessions.Served), (again.SessionCalls, again.Calls, again.TotalCalls, again.Sessions.Served));
        Assert.NotEqual(one.TotalCalls, Day(Bank with { Inputs = Bank.Inputs with { Seed = 26 } }).TotalCalls);
    }

    [Fact]
    public void What_is_asked_of_storage_grows_with_the_customers()
    {
        var (one, two) = (Bank.With(1_500_000), Bank.With(3_000_000));
        var (small, large) = (Day(one), Day(two));

        Assert.InRange(large.Sessions.Arrived / small.Sessions.Arrived, 1.99, 2.01);
        Assert.InRange(large.TotalCalls / small.TotalCalls, 1.98, 2.02);
        Assert.All(Growth.Needed(one, small), kind => Assert.InRange(Growth.Needed(two, large)[kind.Key] / kind.Value, 1.8, 2.2));
    }

    [Theory, InlineData(1_000_000), InlineData(12_000_000)]
    public void What_has_arrived_was_served_or_waits(int customers)
    {
        var day = Day(Bank.With(customers));

        Assert.All(day.Queues.Append(day.Sessions), queue => Assert.InRange(queue.Served + queue.Waiting - queue.Arrived, -1e-3, 1e-3));
        Assert.Equal(customers > 10_000_000, day.Queues.Sum(queue => queue.Waiting) > 1);
        Assert.InRange(day.Calls.PerSecond, 1, Bank.Limits.AccountCallsPerSecond.Value * Bank.Inputs.TargetUtilisation * 1.000001);
    }

    [Theory, InlineData(true, true), InlineData(false, false)]
    public void Who_was_refused_in_an_outage_was_served_later_gave_up_or_is_about_to_return(bool isPatient, bool sheds)
    {
        var outage = Outage.Run(Bank, 1, isPatient, sheds);

        Assert.InRange((outage.Served + outage.GaveUp + outage.Waiting) / outage.Arrived, 0.999999, 1.000001);
        Assert.Equal(sheds, outage.SessionsWellAfter is not null);
    }

    [Fact]
    public void An_added_account_takes_its_share_of_the_slots_and_no_slot_moves_between_the_others()
    {
        var owners = Slots.Start();
        for (var accounts = 2; accounts <= 12; accounts++)
        {
            var grown = Slots.Grow(owners);
            var moved = Enumerable.Range(0, Slots.Count).Where(slot => grown[slot] != owners[slot]).ToArray();

            Assert.Equal(Slots.Count / accounts, moved.Length);
            Assert.All(moved, slot => Assert.Equal(accounts - 1, grown[slot]));
            Assert.InRange(grown.CountBy(owner => owner).Max(count => count.Value) - grown.CountBy(owner => owner).Min(count => count.Value), 0, 2);
            owners = grown;
        }
    }

    [Fact]
    public void Partitions_are_spread_evenly_and_few_move()
    {
        Assert.All(Spread.Look(seed: 7, mostAccounts: 4), spread =>
        {
            Assert.InRange(spread.Fullest, 1, 1.04);
            Assert.InRange(spread.Moved, (1.0 / spread.Accounts) - 0.01, (1.0 / spread.Accounts) + 0.01);
        });
        Assert.Equal(3596, Slots.Of("00000000000000000000000000000001"));
    }

    [Fact]
    public void An_account_moves_without_damage_in_every_order_and_not_without_its_fence_or_with_voids_beside_the_head()
    {
        var (safe, unfenced, beside) = (AccountMove.Explore(), AccountMove.Explore(isFenced: false), AccountMove.Explore(voidsWithHead: false));

        Assert.Equal((0, 0, 0, 0), (safe.TwoHeads, safe.Lost, safe.Twice, safe.VoidedAndPosted));
        Assert.True(safe.Ends > 0);
        Assert.True(unfenced is { TwoHeads: > 0, Lost: > 0, Twice: > 0 });
        Assert.True(beside is { TwoHeads: 0, Lost: 0, VoidedAndPosted: > 0 });
    }

    [Fact]
    public void Every_measured_partition_is_a_customers_own_or_has_its_number_and_the_numbers_are_the_banks()
    {
        Assert.All(Bank.Profiles.Keys, operation => Assert.NotNull(Bank.SharedRows(operation).ToArray()));
        Assert.Equal(CollectionKeys.Shards, Count("BillCollections due|{n}"));
        Assert.Equal(NoticeKeys.Shards, Count("Notices shard|{n}"));
        Assert.Equal(
            [LedgerKeys.Shards, LedgerKeys.Shards, LedgerKeys.Shards, LedgerKeys.Shards],
            new[] { "cash.main", "settlement.interbank", "settlement.oshee" }.Select(account => Count($"ledger bank|{account}|ALL|{{day}}|{{n}}")).Append(Count("journals open|{n}")));
        Assert.Equal(16, Count("BillOpenPayments {n}"));
        Assert.Equal(16, Enumerable.Range(0, 512).Select(i => OpenPaymentKeys.Partition(new PaymentId(StableGuid.Of("payment", $"{i}")))).Distinct().Count());
        Assert.Equal((1, "oshee"), (Count("BillPolling oshee"), PollingKeys.Partition(new CompanyId("oshee"))));

        static int Count(string kind) => Bank.Partitions[kind].Count;
    }

    [Fact]
    public void Limits_that_are_the_banks_own_are_what_its_files_say()
    {
        var (host, stage) = (Read("functions/host.json"), Read("infra/stages/prod.json"));

        Assert.Equal((double)host["extensions"]!["serviceBus"]!["maxConcurrentCalls"]!, Bank.Limits.MessagesAtOncePerInstance.Value);
        Assert.Equal(TimeSpan.Parse((string)host["functionTimeout"]!, null).TotalSeconds, Bank.Limits.FunctionSeconds.Value);
        Assert.Equal((double)stage["instances"]!, Bank.Limits.Instances.Value);
        Assert.Equal(CollectDueBills.SideBySide, Bank.Limits.SendsSideBySide.Value);

        static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)))!;
    }

    private static Month Day(Model model) => Month.Run(model, isPeakDayOnly: true);
}
