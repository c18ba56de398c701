using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>The rows of <see cref="Lockout"/>, changed under their ETag, so that they hold across instances and restarts.</summary>
internal sealed class LockoutTable(BankTables tables, IOptions<CredentialsOptions> options, TimeProvider time)
{
    private const int TriesAtMost = 60;

    public CredentialsOptions Options => options.Value;

    private TableClient Table => tables.Open(CredentialKeys.Table);

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task<Lockout> FindAsync(string partition, CancellationToken cancellation) => Lockout.From(await ReadAsync(partition, cancellation));

    /// <summary>One change of the counters, asked again after a lost race. Two storage calls.</summary>
    /// <param name="change">Of what is there at that moment; an error leaves it.</param>
    /// <returns>What is there now.</returns>
    public async Task<Result<Lockout>> ChangeAsync(string partition, Func<Lockout, Instant, Result<Lockout>> change, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var row = await ReadAsync(partition, cancellation);
            var before = Lockout.From(row);
            var after = change(before, Now);
            if (!after.IsSuccess || ReferenceEquals(after.Value, before))
                return after;
            var next = after.Value.ToRow(partition, Now, row?.ETag ?? default);
            try
            {
                await (row is null ? Table.AddEntityAsync(next, cancellation) : Table.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellation));
                return after;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                await StorageFaults.BackOffAsync(Math.Min(attempt, 4));
            }
        }

        // So many tries at one user in one moment are an attack, and none of them was looked at.
        return new UserLocked(Now + options.Value.Lock);
    }

    public Task<Result<Lockout>> ChangeAsync(CustomerId customer, Func<Lockout, Instant, Result<Lockout>> change, CancellationToken cancellation) =>
        ChangeAsync(CredentialKeys.Partition(customer), change, cancellation);

    private async Task<TableEntity?> ReadAsync(string partition, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CredentialKeys.Lockout, null, cancellation);
        return found.HasValue ? found.Value : null;
    }
}
