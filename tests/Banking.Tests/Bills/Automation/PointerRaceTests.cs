using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Storage;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

/// <summary>An active authorisation without its pointer would be forgotten: nobody else knows when it is due.</summary>
public sealed class PointerRaceTests
{
    private static readonly CustomerId Arta = CustomerId.Of(BillScene.Arta);

    [Fact]
    public async Task A_reopening_in_the_middle_of_a_cancellation_keeps_its_pointer()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        await using var other = bank.Restarted();
        var it = await bank.AuthoriseAsync(Automation.Order(await sandbox.AddSubscriberAsync(), await bank.OpenAccountAsync(BillScene.Arta, "0.00")));

        bank.Storage.Break(call =>
        {
            // The cancellation is written, and its pointer not yet removed.
            if (call.Method == "DELETE" && call.Target.Contains("BillCollections", StringComparison.Ordinal))
                Assert.True(Task.Run(() => other.Get<ReopenAuthorisation>().RunAsync(Arta, it.Id, terms => terms, CancellationToken.None)).Result.IsSuccess);
            return StorageFault.None;
        });
        await bank.Get<CancelAuthorisation>().RunAsync(Arta, it.Id, CancellationToken.None);
        bank.Storage.Reset();

        var now = (await bank.Get<FindAuthorisation>().RunAsync(Arta, it.Id, CancellationToken.None)).Value!;
        Assert.Equal((AuthorisationState.Active, 1), (now.State, now.Closures.Count));
        Assert.Equal("03-05", await bank.SeePointersAsync());
    }

    [Fact]
    public async Task A_pointer_whose_authorisation_may_be_about_to_be_written_is_left_and_an_old_one_dropped()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var bank = await TestBank.StartAsync(Automation.Services(sandbox));
        bank.Clock.Advance(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        var id = AuthorisationId.Of(Arta, IdempotencyKey.Of("under-way"));
        await bank.Get<BankTables>().Open(CollectionKeys.Table).AddEntityAsync(
            new TableEntity(CollectionKeys.Partition(id), CollectionKeys.Row(PaymentCalendar.RunAt(new LocalDate(2026, 3, 5)), id))
            {
                ["Customer"] = Arta.Value,
                ["Authorisation"] = id.Value,
                ["WrittenAt"] = bank.Clock.GetUtcNow(),
            },
            CancellationToken.None);

        await bank.CollectAsync();
        Assert.Equal("03-05", await bank.SeePointersAsync());

        bank.Clock.Advance(TimeSpan.FromHours(1));
        await bank.CollectAsync();
        Assert.Empty(await bank.SeePointersAsync());
    }
}
