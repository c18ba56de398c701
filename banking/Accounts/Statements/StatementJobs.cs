using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>A long statement on its way.</summary>
internal sealed record StatementJob(
    Guid Id, CustomerId Owner, StatementReference Reference, Language Language, Money Opening, Money Closing, Instant BegunAt, bool IsReady)
{
    public OrderedStatement ToOrdered() => new(Reference, Opening, Closing, Id, IsReady ? Reference.DocumentOf(Owner, Language) : null);
}

/// <summary>The long statements that were ordered: a row by which the customer asks, and one that says it is not made yet.</summary>
internal sealed class StatementJobs(BankTables tables, IWorkMessages messages)
{
    private readonly TableClient table = tables.Open(StatementKeys.Table);

    /// <returns>The job; the earlier one when the same statement was ordered before.</returns>
    public async Task<StatementJob> BeginAsync(StatementJob job, CancellationToken cancellation)
    {
        // The sweeper's row first: a row without a job is dropped, a job without its row would never be made.
        await table.UpsertEntityAsync(
            new TableEntity(StatementKeys.Jobs, StatementKeys.JobRow(job.BegunAt, job.Owner, job.Id)), TableUpdateMode.Replace, cancellation);
        try
        {
            await table.AddEntityAsync(Row(job), cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return (await FindAsync(job.Owner, job.Id, cancellation))!;
        }

        await messages.SendAsync(WorkQueues.Statements, [new StatementDue(job.Owner.Value, job.Id)], cancellation);
        return job;
    }

    public async Task<StatementJob?> FindAsync(CustomerId owner, Guid id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(StatementKeys.Customer(owner), StatementKeys.Job(id), null, cancellation);
        return found.HasValue ? StoredJson.Read<StatementJob>(found.Value!.GetString("Content")!) : null;
    }

    public async Task EndAsync(StatementJob job, CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(Row(job with { IsReady = true }), TableUpdateMode.Replace, cancellation);
        await table.DeleteEntityAsync(StatementKeys.Jobs, StatementKeys.JobRow(job.BegunAt, job.Owner, job.Id), ETag.All, cancellation);
    }

    public async IAsyncEnumerable<(CustomerId Owner, Guid Id, string Row)> OpenAsync(Instant begunBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {StatementKeys.Jobs} and RowKey lt {StatementKeys.JobsBefore(begunBefore)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return (CustomerId.Of(parts[1]), Guid.ParseExact(parts[2], "N"), row.RowKey);
        }
    }

    public Task DropAsync(string row, CancellationToken cancellation) => table.DeleteEntityAsync(StatementKeys.Jobs, row, ETag.All, cancellation);

    private static TableEntity Row(StatementJob job) =>
        new(StatementKeys.Customer(job.Owner), StatementKeys.Job(job.Id)) { ["Content"] = StoredJson.Write(job) };
}

/// <summary>The message that asks for a long statement to be made.</summary>
public sealed record StatementDue(string Customer, Guid JobId);
