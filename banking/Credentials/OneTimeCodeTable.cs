using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>Table OneTimeCodes: one partition with one row per thing that is proven.</summary>
internal sealed class OneTimeCodeTable(BankTables tables, ExpiredProofs expired)
{
    public const string Name = "OneTimeCodes";

    private const string Code = "code";

    private TableClient Table => tables.Open(Name);

    public async Task<OneTimeCodeRow?> FindAsync(OneTimeCodeId id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(id.Value, Code, null, cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    /// <returns>The row as it is now. Null when somebody else changed it meanwhile.</returns>
    public async Task<OneTimeCodeRow?> TryWriteAsync(OneTimeCodeRow row, CancellationToken cancellation)
    {
        var entity = Write(row);
        if (row.ETag == default)
            await expired.PlanAsync(new ExpiringRow(Name, row.Id.Value, Code), row.ExpiresAt, cancellation);
        try
        {
            var answer = row.ETag == default
                ? await Table.AddEntityAsync(entity, cancellation)
                : await Table.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Replace, cancellation);
            return row with { ETag = answer.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private static TableEntity Write(OneTimeCodeRow row) => new(row.Id.Value, Code)
    {
        ["Hash"] = row.Hash,
        ["Sends"] = row.Sends,
        ["Tries"] = row.Tries,
        ["State"] = row.State.ToString(),
        ["SentAt"] = row.SentAt.ToUnixTimeTicks(),
        ["ExpiresAt"] = row.ExpiresAt.ToUnixTimeTicks(),
        ["Customer"] = row.Customer?.Value!,
    };

    private static OneTimeCodeRow Read(OneTimeCodeId id, TableEntity row) => new(
        id, row.GetString("Hash")!, row.GetInt32("Sends")!.Value, row.GetInt32("Tries")!.Value, Enum.Parse<OneTimeCodeState>(row.GetString("State")!),
        Instant.FromUnixTimeTicks(row.GetInt64("SentAt")!.Value), Instant.FromUnixTimeTicks(row.GetInt64("ExpiresAt")!.Value),
        CustomerId.Find(row.GetString("Customer")), row.ETag);
}

/// <param name="Hash">Keyed; of the id, the number of the sending and the code.</param>
/// <param name="Tries">Wrong ones of all sendings, tries under way included.</param>
internal sealed record OneTimeCodeRow(
    OneTimeCodeId Id, string Hash, int Sends, int Tries, OneTimeCodeState State, Instant SentAt, Instant ExpiresAt, CustomerId? Customer, ETag ETag);

internal enum OneTimeCodeState
{
    Open,
    Used,

    /// <summary>By wrong tries, for ever.</summary>
    Cancelled,
}
