using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>What became of a long statement.</summary>
public sealed class FindStatement
{
    private readonly StatementJobs jobs;

    internal FindStatement(StatementJobs jobs) => this.jobs = jobs;

    /// <returns>The statement; or <see cref="StatementNotFound"/>, also for another account.</returns>
    public async Task<Result<OrderedStatement>> RunAsync(CustomerId customer, AccountId account, Guid id, CancellationToken cancellation) =>
        await jobs.FindAsync(customer, id, cancellation) is { } job && job.Reference.Account == account ? job.ToOrdered() : new StatementNotFound();
}
