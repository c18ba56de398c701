using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;
using Serverless.Testing;
using static Serverless.Banking.Tests.Transfers.TransferScene;

namespace Serverless.Banking.Tests.Transfers;

/// <summary>One quote, two keys, the same millisecond, two processes; and orders that have lost what points at them.</summary>
public sealed class TwoConfirmationsTests
{
    private const int CallsAtMost = 60;

    /// <summary>
    /// The first stands still before each of its storage calls in turn, while the second runs to its end or dies at each of its own; then the first goes on or dies
    /// there. Whatever is on record in the end was found by the sweepers.
    /// </summary>
    [Fact]
    public async Task Of_two_confirmations_in_the_same_millisecond_one_is_made_and_its_open_row_is_never_lost()
    {
        var scenes = 0;
        for (var pausedAt = 1; await IsReachedAsync(pausedAt, diesAt: null, firstDies: false); pausedAt++)
        {
            Assert.InRange(pausedAt, 1, CallsAtMost);
            await IsReachedAsync(pausedAt, diesAt: null, firstDies: true);
            for (var diesAt = 1; await IsReachedAsync(pausedAt, diesAt, firstDies: true); diesAt++)
            {
                Assert.InRange(diesAt, 1, CallsAtMost);
                await IsReachedAsync(pausedAt, diesAt, firstDies: false);
                scenes++;
            }
        }

        Assert.True(scenes > 60, $"{scenes}");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task An_order_that_lost_its_open_row_or_its_intent_with_its_process_is_found_and_ended(bool keepsOpenRow, bool keepsIntent)
    {
        var found = 0;
        for (var call = 1; call <= CallsAtMost; call++)
        {
            await using var bank = await TestBank.StartInMemoryAsync(Services);
            var scene = await ArrangeAsync(bank);
            await bank.SettleAsync();
            bank.Storage.KillAt(call, KillMoment.After);
            await ConfirmUntilKilledAsync(bank, scene.Quote, "one");
            var killed = bank.Storage.IsDead;

            await using var restarted = bank.Restarted();
            var isOnRecord = (await restarted.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items is [{ State: TransferState.Accepted }];
            if (isOnRecord && await restarted.BalanceAsync(scene.From) == Money.OfMinor(200_000, Currency.All))
            {
                found++;
                if (!keepsOpenRow)
                    await ClearAsync(restarted, OpenTransferKeys.Table, row => row.RowKey.StartsWith(OpenTransferKeys.FirstPeriod, StringComparison.Ordinal));
                if (!keepsIntent)
                    await ClearAsync(restarted, OpenJournals.TableName, _ => false);
                await SweepAsync(restarted);
                await CheckAsync(restarted, scene, keepsIntent ? 50_000 : 0);
            }

            if (!killed)
                break;
        }

        Assert.InRange(found, 1, 5);
    }

    /// <returns>Whether both got as far as where they were to stop.</returns>
    private static async Task<bool> IsReachedAsync(int pausedAt, int? diesAt, bool firstDies)
    {
        await using var one = await TestBank.StartInMemoryAsync(Services);
        var scene = await ArrangeAsync(one);
        await one.SettleAsync();
        await using var two = one.Restarted();

        var pause = one.Storage.PauseAt(pausedAt);
        var first = Task.Run(() => ConfirmUntilKilledAsync(one, scene.Quote, "one"));
        await Task.WhenAny(pause.Reached, first);
        var isReached = pause.Reached.IsCompleted;
        if (diesAt is { } call)
            two.Storage.KillAt(call, KillMoment.After);
        var second = await ConfirmUntilKilledAsync(two, scene.Quote, "two");
        if (firstDies)
            one.Storage.Die();
        pause.End();
        var answer = await first;

        if (!firstDies && diesAt is null)
            Assert.Equal(1, new[] { answer, second }.Count(sent => sent!.Value.IsSuccess));
        await using var swept = one.Restarted();
        await SweepAsync(swept);
        var received = (await swept.BalanceAsync(scene.To)).Minor;
        Assert.True(received == 50_000 || firstDies || two.Storage.IsDead, $"paused at {pausedAt}, died at {diesAt}");
        await CheckAsync(swept, scene, received);
        return isReached && (diesAt is null || two.Storage.IsDead);
    }

    /// <returns>Null when it was killed.</returns>
    private static async Task<Result<Transfer>?> ConfirmUntilKilledAsync(TestBank bank, string quote, string key)
    {
        try
        {
            var sent = await ConfirmAsync(bank, quote, key);
            await SettleAsync(bank);
            return sent;
        }
        catch (Exception) when (bank.Storage.IsDead)
        {
            return null;
        }
    }

    private static async Task SweepAsync(TestBank bank)
    {
        await bank.SweepAsync();
        foreach (var minutes in new[] { 2, 20 })
        {
            bank.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
        }
    }

    /// <summary>Balances, states, limits, the payee's view and the index all say the same.</summary>
    private static async Task CheckAsync(TestBank bank, TransferScene scene, long received)
    {
        Assert.Contains(received, new long[] { 0, 50_000 });
        Assert.Equal((200_000 - received, received), ((await bank.BalanceAsync(scene.From)).Minor, (await bank.BalanceAsync(scene.To)).Minor));
        var table = bank.Get<TransferTable>();
        var (records, _) = await table.ListAsync(Arta, null, 10, CancellationToken.None);
        Assert.True(records.Count <= 1);
        foreach (var record in records)
        {
            Assert.Equal(received > 0 ? TransferState.Settled : TransferState.Rejected, record.Transfer.State);
            Assert.Equal(received > 0 ? Arta : null, await table.FindPayerAsync(Besa, record.Transfer.Id, CancellationToken.None));
        }

        Assert.Equal(received > 0 ? 1 : records.Count, records.Count);
        var used = (await bank.Get<LimitBooks>().ReadAsync(Arta, CancellationToken.None)).Of(TransferKind.Inside, LimitMoment.Of(bank.Now));
        Assert.Equal(received, used.InDay);
        Assert.Empty(await RowsAsync(bank, OpenTransferKeys.Table));
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(TestBank bank, string table) =>
        await bank.Get<BankTables>().Open(table).QueryAsync<TableEntity>().ToListAsync();

    private static async Task ClearAsync(TestBank bank, string table, Func<TableEntity, bool> keeps)
    {
        foreach (var row in (await RowsAsync(bank, table)).Where(row => !keeps(row)))
            await bank.Get<BankTables>().Open(table).DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
    }
}
