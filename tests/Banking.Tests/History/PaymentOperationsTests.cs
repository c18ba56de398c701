using Serverless.Banking.Bills;
using Serverless.Banking.Documents;
using Serverless.Banking.History;
using Serverless.Banking.Receipts;
using Serverless.Banking.Tests.Bills;
using Serverless.Testing;

namespace Serverless.Banking.Tests.History;

/// <summary>Payments of bills that the books do not show.</summary>
public sealed class PaymentOperationsTests
{
    [Fact]
    public async Task A_payment_killed_before_its_debit_is_pending_until_it_is_ended_and_failed_from_then_on()
    {
        await using var scene = await BillScene.StartAsync(services => services.AddReceipts().AddDocuments().AddHistory());
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        scene.Bank.Storage.KillAt(5, KillMoment.Before);
        await Assert.ThrowsAsync<ProcessKilledException>(() => scene.PayAsync(arta, "one"));

        await using var restarted = scene.Bank.Restarted();
        Assert.Equal(["Pending ALL -1707.40 oshee 000000001 OSHEE", "Booked ALL 2000.00 Derdhje "], await LinesAsync(restarted));
        restarted.Clock.Advance(TimeSpan.FromHours(2));
        await restarted.Get<SweepPayments>().RunAsync(CancellationToken.None);
        Assert.Equal(["Failed ALL -1707.40 oshee 000000001 OSHEE payment_interrupted", "Booked ALL 2000.00 Derdhje "], await LinesAsync(restarted));

        Assert.True((await BillScene.PayAsync(restarted, arta, "two")).IsSuccess);
        await restarted.SettleAsync();
        Assert.Equal(["Booked", "Failed", "Booked"], (await LinesAsync(restarted)).Select(line => line.Split(' ')[0]));
    }

    private static async Task<string[]> LinesAsync(TestBank bank)
    {
        var page = await bank.Get<ListOperations>().RunAsync(CustomerId.Of(BillScene.Arta), OperationFilter.Everything, new PageRequest(50, null), CancellationToken.None);
        return [.. page.Value!.Items.Select(it => $"{it.State} {it.Amount} {it.Description} {it.Counterparty?.Name}{(it.FailureCode is null ? "" : $" {it.FailureCode}")}")];
    }
}
