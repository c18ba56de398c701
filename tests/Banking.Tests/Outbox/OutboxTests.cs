using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Partners;
using Serverless.Banking.Profile;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Outbox;

/// <summary>What is done is told of, and nothing else is, wherever the process is killed: by the example of an address, which no client need ever send again.</summary>
public sealed class OutboxTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly ResidenceAddress Address = new("Rruga e Durrësit", "Tiranë", "Shqipëri", "Tiranë", "1001");

    [Fact, ProvesCrashSafety(typeof(ChangeAddress)), ProvesCrashSafety(typeof(SweepOutbox))]
    public async Task A_change_killed_at_any_storage_call_is_made_and_told_of_once_or_neither() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<object?>(
            Arrange: async bank =>
            {
                await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, "push", null, "+355691000001"), CancellationToken.None);
                return null;
            },
            Act: (bank, _) => ChangeAsync(bank),
            Check: async (bank, _) => ((await bank.Get<ProfileTable>().FindAsync(Arta, CancellationToken.None)).Address is not null, await ToldAsync(bank), await RecordedAsync(bank), await LeftAsync(bank)) switch
            {
                (false, 0, 0, 0) => 0,
                (true, 1, 1, 0) => 1,
                _ => -1,
            })
        { Services = AddTo, Heal = (bank, _) => bank.Get<SweepOutbox>().RunAsync(CancellationToken.None) }), 6, 12);

    [Fact]
    public async Task A_write_that_is_under_way_is_left_alone_two_sweeps_at_once_tell_once_and_a_pointer_to_nothing_goes()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var row = Announce.RowOf(
            ProfileTable.Name, Arta.Value, Guid.NewGuid(),
            Announcement.Of(new Notice(NoticeId.Of("test", "one"), Arta, NoticeChannel.Push, NoticeKind.AddressChanged, new Dictionary<string, string>())));
        await bank.Get<Dispatch>().PointAsync(row, CancellationToken.None);
        await bank.Get<Dispatch>().PointAsync(row with { Id = Guid.NewGuid() }, CancellationToken.None);
        await bank.Get<ProfileTable>().SetAddressAsync(Arta, Address, row, CancellationToken.None);

        Assert.Equal((0, 0), (await SweepAsync(bank), await ToldAsync(bank)));
        bank.Clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(SweepAsync(bank), SweepAsync(bank.Restarted()));
        Assert.Equal((1, 1), (await ToldAsync(bank), await LeftAsync(bank)));
        bank.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, await SweepAsync(bank));
        Assert.Equal((1, 0), (await ToldAsync(bank), await LeftAsync(bank)));
    }

    private static void AddTo(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddPartners().AddCustomers().AddNotifications().AddProfile();
        services.Configure<NotificationsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
    }

    private static Task<Result<ResidenceAddress>> ChangeAsync(TestBank bank) => bank.Get<ChangeAddress>().RunAsync(Arta, Address, AuditActor.Customer(Arta), CancellationToken.None);

    private static Task<int> SweepAsync(TestBank bank) => bank.Get<SweepOutbox>().RunAsync(CancellationToken.None);

    private static Task<int> ToldAsync(TestBank bank) => CountAsync(bank, NoticeKeys.Table, row => row.GetString("Kind") == nameof(NoticeKind.AddressChanged));

    private static async Task<int> RecordedAsync(TestBank bank)
    {
        var day = bank.Now.InUtc().Date;
        return (await bank.Get<ListAudit>().RunAsync(new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "address_changed"), PageRequest.First, CancellationToken.None)).Items.Count;
    }

    /// <summary>Outbox rows and pointers.</summary>
    private static async Task<int> LeftAsync(TestBank bank) =>
        await CountAsync(bank, OutboxTable.Name, _ => true) + await CountAsync(bank, ProfileTable.Name, row => row.RowKey.StartsWith("outbox|", StringComparison.Ordinal));

    private static async Task<int> CountAsync(TestBank bank, string table, Func<TableEntity, bool> counts)
    {
        var count = 0;
        await foreach (var row in bank.Get<BankTables>().Open(table).QueryAsync<TableEntity>(""))
            count += counts(row) ? 1 : 0;
        return count;
    }
}
