using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Audit;

public sealed class AuditTests
{
    private static readonly AuditActor Ilir = AuditActor.Staff("ledger-1", "10.0.0.7");

    [Fact]
    public async Task The_trail_lists_newest_first_by_actor_action_resource_and_day_in_pages()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());
        var first = Today(bank);
        for (var number = 1; number <= 9; number++)
        {
            await RecordAsync(bank, new AuditEvent(number % 2 == 0 ? Ilir : AuditActor.Customer(CustomerId.Of("100000001")), $"did_{number % 3}", $"account/{number}"));
            bank.Clock.Advance(TimeSpan.FromHours(6));
        }

        var all = new AuditFilter(first, Today(bank));
        Assert.Equal("9 8 7 6 5 4 3 2 1", await NumbersAsync(bank, all, 100));
        Assert.Equal("9 8 7 6 5 4 3 2 1", await NumbersAsync(bank, all, 2));
        Assert.Equal("8 6 4 2", await NumbersAsync(bank, all with { Actor = "ledger-1" }, 3));
        Assert.Equal("9 6 3", await NumbersAsync(bank, all with { Action = "did_0" }, 1));
        Assert.Equal("4", await NumbersAsync(bank, all with { Resource = "account/4" }, 5));
        Assert.NotEqual("", await NumbersAsync(bank, all with { To = first }, 5));
        Assert.Equal("", await NumbersAsync(bank, all with { From = Today(bank).PlusDays(1), To = Today(bank).PlusDays(2) }, 5));
    }

    [Fact]
    public async Task An_event_comes_back_as_it_was_recorded_and_is_recorded_once_however_often_it_is_repeated()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());
        var change = new AuditEvent(Ilir, "change_approved", "account/1") { Before = "active", After = "blocked", Reason = "Urdhër gjykate", Id = Guid.NewGuid(), At = bank.Now };

        await RecordAsync(bank, change);
        await using var other = bank.Restarted();
        bank.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(RecordAsync(bank, change), RecordAsync(other, change), RecordAsync(other, change));

        var record = Assert.Single((await bank.Get<ListAudit>().RunAsync(new AuditFilter(Today(bank).PlusDays(-2), Today(bank)), PageRequest.First, CancellationToken.None)).Items);
        Assert.Equal(change, record.Event);
        await ProvenAsync(bank, Today(bank).PlusDays(-1), 1);
    }

    [Fact]
    public async Task Many_writers_of_many_processes_make_one_chain_a_shard()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());
        await using var other = bank.Restarted();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => RecordAsync(number % 2 == 0 ? bank : other, new AuditEvent(Ilir, "did", $"account/{number}"))));

        await ProvenAsync(bank, Today(bank), 40);
    }

    [Fact]
    public async Task Recording_costs_one_storage_call_while_the_chain_is_remembered()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());
        var id = Guid.Parse("00000000-0000-0000-0000-000000000000");
        AuditEvent Next() => new(Ilir, "did", "account/1") { Id = id = Guid.Parse($"{Convert.ToInt32(id.ToString("N")[..8]) + 1:D8}-0000-0000-0000-000000000000") };
        await RecordAsync(bank, Next());
        bank.Storage.Reset();

        await RecordAsync(bank, Next());

        Assert.Single(bank.Storage.Calls);
    }

    [Theory]
    [InlineData("Resource", BookFault.HashWrong)]
    [InlineData("Hash", BookFault.HashWrong)]
    [InlineData("", BookFault.ChainBroken)]
    public async Task A_record_changed_or_removed_behind_the_banks_back_is_named(string column, string problem)
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());
        for (var number = 0; number < 12; number++)
            await RecordAsync(bank, new AuditEvent(Ilir, "did", $"account/{number}"));
        var table = bank.Get<BankTables>().Open("audit");
        TableEntity? row = null;
        var shard = "";
        await foreach (var candidate in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey ge {"record|"}"), cancellationToken: TestContext.Current.CancellationToken))
        {
            // The one before the last of a shard with several, so that both its neighbours are there.
            row = shard == candidate.PartitionKey && row is null ? candidate : row;
            shard = candidate.PartitionKey;
        }

        if (column.Length == 0)
        {
            await table.DeleteEntityAsync(row!.PartitionKey, row.RowKey, ETag.All, TestContext.Current.CancellationToken);
        }
        else
        {
            row![column] = "0" + row.GetString(column);
            await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }

        var proven = await bank.Get<ProveAudit>().RunAsync(Today(bank), CancellationToken.None);
        Assert.Contains(proven.Faults, fault => fault.Partition == row.PartitionKey && fault.Problem == problem && (column.Length == 0 || fault.Row == row.RowKey));
    }

    [Fact]
    public async Task What_is_too_long_is_a_bug_and_not_recorded()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddAudit());

        await Assert.ThrowsAsync<ArgumentException>(() => RecordAsync(bank, new AuditEvent(Ilir, "", "account/1")));
        await Assert.ThrowsAsync<ArgumentException>(() => RecordAsync(bank, new AuditEvent(Ilir, "did", new string('a', 201))));
        await Assert.ThrowsAsync<ArgumentException>(() => RecordAsync(bank, new AuditEvent(AuditActor.Staff(""), "did", "account/1")));
    }

    private static Task RecordAsync(TestBank bank, AuditEvent audit) => bank.Get<RecordAudit>().RunAsync(audit, CancellationToken.None);

    private static LocalDate Today(TestBank bank) => bank.Now.InZone(BankTime.Tirane).Date;

    private static async Task<string> NumbersAsync(TestBank bank, AuditFilter filter, int limit)
    {
        var (numbers, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await bank.Get<ListAudit>().RunAsync(filter, new PageRequest(limit, after), CancellationToken.None);
            Assert.InRange(page.Items.Count, 0, limit);
            numbers.AddRange(page.Items.Select(record => record.Event.Resource.Split('/')[1]));
            after = page.Next;
        }
        while (after is not null);

        return string.Join(' ', numbers);
    }

    private static async Task ProvenAsync(TestBank bank, LocalDate day, long records)
    {
        var proven = await bank.Get<ProveAudit>().RunAsync(day, CancellationToken.None);
        Assert.Equal((records, ""), (proven.Records, string.Join("; ", proven.Faults)));
    }
}
