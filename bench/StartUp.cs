using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>From the start of the functions process until it answers that it can serve; its tables are there already.</summary>
internal sealed class StartUp : IMeasurement
{
    private const double LimitSeconds = 10;

    public string Name => "start-up";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (prefix, port) = (Plan.NewPrefix(), BankProcess.FreePort());
        await using (await BankProcess.StartAsync(plan.Storage, prefix, sandbox.Address, port))
        {
            // The first start makes the tables.
        }

        var seconds = new List<double>();
        for (var run = 0; run < plan.Of(quick: 2, full: 5); run++)
        {
            await using var bank = await BankProcess.StartAsync(plan.Storage, prefix, sandbox.Address, port);
            seconds.Add(bank.StartUp.TotalSeconds);
        }

        return [new Row("start of the functions app, not the first", "s", seconds.Min(), "10: all of make run", LimitSeconds)];
    }
}
