using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Interbank;

public sealed class OpenOrdersTests
{
    [Fact]
    public async Task The_sweep_tells_where_each_order_waits_also_one_whose_process_was_killed_before_it_was_written()
    {
        await using var bank = await TestBank.StartAsync(InterbankScene.Services);
        using var figures = BankFigures.Of(bank.Services);
        var sent = await InterbankScene.SentAsync(bank);
        var order = (await bank.Get<InterbankOrders>().FindAsync(sent.Id, CancellationToken.None))!.Order;
        await bank.Get<InterbankOrders>().OpenAsync(order with { Transfer = order.Transfer with { Id = new TransferId(Guid.NewGuid()) } }, CancellationToken.None);

        Assert.Equal(2, await InterbankScene.OpenAsync(bank));

        Assert.Equal(
            [
                "bank.orchestrations.waiting 1 bank.orchestration.kind=InterbankTransfer bank.orchestration.step=not_begun",
                "bank.orchestrations.waiting 1 bank.orchestration.kind=InterbankTransfer bank.orchestration.step=sent",
            ],
            figures.Observe().Where(told => told.StartsWith("bank.orchestrations", StringComparison.Ordinal)));
    }
}
