using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>The trial balance that nobody has to ask for: one for each day, read on in every run until it is done. What is wrong is logged by <see cref="ProveBooks"/>.</summary>
/// <remarks>A proof that its day was too short for is finished before the next is begun, since half a proof proves nothing. A run when all is done reads one row.</remarks>
public sealed partial class ProveBooksDaily
{
    /// <summary>One that is still not done after so many days is given up.</summary>
    private const int DaysAtMost = 7;

    private readonly ProveBooksInSteps prove;
    private readonly BooksOptions options;
    private readonly ILogger<ProveBooksDaily> log;

    internal ProveBooksDaily(ProveBooksInSteps prove, IOptions<BooksOptions> options, ILogger<ProveBooksDaily> log) =>
        (this.prove, this.options, this.log) = (prove, options.Value, log);

    /// <returns>The proof after the run; null when somebody else takes its steps now.</returns>
    public async Task<BooksRun?> RunAsync(LocalDate today, CancellationToken cancellation)
    {
        var run = await FindAsync(today, cancellation);
        for (var days = 1; run is null && days <= DaysAtMost; days++)
        {
            if (await FindAsync(today.PlusDays(-days), cancellation) is { Result: null } unfinished)
            {
                run = unfinished;
                LogLate(unfinished.AsOf, unfinished.Percent);
            }
        }

        run ??= await prove.StartAsync(Key(today), cancellation);
        if (run.Result is not null)
        {
            return run;
        }

        var step = await prove.ContinueAsync(run.Id, options.RowsInRun, cancellation);
        if (step is { IsSuccess: true, Value: { Result.IsProven: true } done })
        {
            LogProven(done.AsOf, done.Entries);
        }

        return step.IsSuccess ? step.Value : null;
    }

    private static string Key(LocalDate day) => $"daily|{day:uuuu-MM-dd}";

    private async Task<BooksRun?> FindAsync(LocalDate day, CancellationToken cancellation) =>
        await prove.FindAsync(ProveBooksInSteps.IdOf(Key(day)), cancellation) is { IsSuccess: true, Value: var run } ? run : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "The books are proven as of {AsOf}: {Entries} entries")]
    private partial void LogProven(Instant asOf, long entries);

    [LoggerMessage(Level = LogLevel.Error, Message = "The books as of {AsOf} are not read to their end yet: {Percent} percent")]
    private partial void LogLate(Instant asOf, int percent);
}
