using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>Transfers per second of the bank's own code, on tables in memory: what is left when storage and HTTP cost nothing.</summary>
/// <remarks>By processor time, all cores together: what the machine would do if it did nothing else, which it seldom does while one measures.</remarks>
internal sealed class DomainRate : IMeasurement
{
    private const int Accounts = 64;
    private const int TransfersPerRound = 10_000;
    private const double WantedPerSecond = 20_000;

    public string Name => "domain";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        await using var bank = await TestBank.StartInMemoryAsync(isProbed: false);
        var accounts = new AccountId[Accounts];
        for (var i = 0; i < Accounts; i++)
            accounts[i] = await bank.OpenAccountAsync("100000001", "1000000.00");

        // The best of some rounds: the others met the machine's other work, and the first ones the compiler. A round is a number of transfers and not
        // a time: on a busy machine a second is too little of the processor for the code to get warm.
        var best = 0.0;
        for (var round = 0; round < plan.Of(quick: 6, full: 12); round++)
            best = Math.Max(best, await RateAsync(bank, accounts, round));
        await bank.SettleAsync();
        await bank.ProveAsync();
        return [new Row("transfers of the domain alone, tables in memory", "per s of processor", best, $"{WantedPerSecond:0}: wanted", WantedPerSecond) { AtLeast = 1 }];
    }

    private static async Task<double> RateAsync(TestBank bank, AccountId[] accounts, int round)
    {
        var post = bank.Get<PostJournal>();
        var each = TransfersPerRound / Environment.ProcessorCount;
        var before = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(client => Task.Run(async () =>
        {
            for (var count = 0; count < each; count++)
            {
                // Two clients never meet on an account: contention is another row's matter.
                var mine = Accounts / Environment.ProcessorCount;
                var (from, to) = (accounts[(client * mine) + (count % mine)], accounts[(client * mine) + ((count + 1) % mine)]);
                var amount = Money.OfMinor(1, Currency.All);
                var journal = new Journal(
                    TransactionId.Derive("bench", $"{round}|{client}|{count}"), "inside_transfer", [Leg.Debit(from, amount), Leg.Credit(to, amount)], "Qira maj",
                    new LocalDate(2026, 3, 2), "bench");
                if (!(await post.RunAsync(journal, CancellationToken.None)).IsSuccess)
                    throw new InvalidOperationException("A transfer was refused.");
            }
        })));
        await bank.SettleAsync();
        return TransfersPerRound / ((Environment.CpuUsage.TotalTime - before).TotalSeconds / Environment.ProcessorCount);
    }
}
