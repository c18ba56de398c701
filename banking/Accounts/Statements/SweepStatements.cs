using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>Makes what was ordered and whose message was lost.</summary>
public sealed class SweepStatements
{
    private readonly StatementJobs jobs;
    private readonly MakeStatement make;

    internal SweepStatements(StatementJobs jobs, MakeStatement make) => (this.jobs, this.make) = (jobs, make);

    /// <param name="begunBefore">Younger ones are left to the message that is on its way.</param>
    public async Task RunAsync(Instant begunBefore, CancellationToken cancellation)
    {
        await foreach (var (owner, id, row) in jobs.OpenAsync(begunBefore, cancellation))
        {
            await make.RunAsync(owner, id, cancellation);
            await jobs.DropAsync(row, cancellation);
        }
    }
}
