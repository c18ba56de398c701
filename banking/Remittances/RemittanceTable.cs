using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Remittances;

/// <summary>A remittance as read or written, with what guards its next change.</summary>
/// <param name="SealedPin">Only the bank can open it.</param>
internal sealed record RemittanceRecord(Remittance Remittance, string SealedPin, string Key, string RequestHash, ETag ETag);

/// <summary>
/// Table <c>Remittances</c>: partition = remittance id, row <c>remittance</c>; partition <c>open|shard</c>, one row for each that is not final, so that the
/// sweeper's cost is in proportion to what is open; partition = customer, row <c>key|...</c>: what an idempotency key was used for.
/// </summary>
internal sealed class RemittanceTable(BankTables tables)
{
    public const string Name = "Remittances";
    private const string Row = "remittance";
    private const string Open = "open";

    private readonly TableClient table = tables.Open(Name);

    public async Task<RemittanceRecord?> FindAsync(RemittanceId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition(id), Row, null, cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    /// <summary>Says once and for all which remittance and body a key was used for.</summary>
    /// <returns>False when it was used for another.</returns>
    public async Task<bool> ClaimKeyAsync(CustomerId customer, string key, string requestHash, CancellationToken cancellation)
    {
        var row = new TableEntity(customer.Value, $"key|{StableGuid.Of("key", key):N}") { ["RequestHash"] = requestHash };
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var first = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, null, cancellation);
            return first.Value.GetString("RequestHash") == requestHash;
        }
    }

    /// <summary>The index row goes first: what it points at may be missing, never the other way round.</summary>
    /// <returns>Null when the PIN has a payout already.</returns>
    public async Task<RemittanceRecord?> BeginAsync(Remittance remittance, string sealedPin, string key, string requestHash, CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(new TableEntity(Open, Partition(remittance.Id)) { ["Since"] = remittance.CreatedAt.ToDateTimeOffset() }, TableUpdateMode.Replace, cancellation);
        try
        {
            var answer = await table.AddEntityAsync(ToRow(remittance, sealedPin, key, requestHash), cancellation);
            return new RemittanceRecord(remittance, sealedPin, key, requestHash, answer.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <param name="change">From the remittance as it is; null leaves it.</param>
    public async Task<RemittanceRecord> ChangeAsync(RemittanceRecord record, Func<Remittance, Remittance?> change, CancellationToken cancellation)
    {
        while (change(record.Remittance) is { } changed)
        {
            try
            {
                var answer = await table.UpdateEntityAsync(
                    ToRow(changed, record.SealedPin, record.Key, record.RequestHash), record.ETag, TableUpdateMode.Replace, cancellation);
                record = record with { Remittance = changed, ETag = answer.Headers.ETag ?? default };
                break;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                record = (await FindAsync(record.Remittance.Id, cancellation))!;
            }
        }

        return record;
    }

    public Task CloseAsync(RemittanceId id, CancellationToken cancellation) =>
        table.TryDeleteAsync(Open, Partition(id), ETag.All, cancellation);

    /// <summary>Those begun before the time: younger ones may be in the hands of the call that began them.</summary>
    public async IAsyncEnumerable<RemittanceId> ListOpenAsync(Instant begunBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and Since lt {begunBefore.ToDateTimeOffset()}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new RemittanceId(Guid.ParseExact(row.RowKey, "N"));
    }

    private static string Partition(RemittanceId id) => id.Value.ToString("N");

    private static TableEntity ToRow(Remittance remittance, string sealedPin, string key, string requestHash) => new(Partition(remittance.Id), Row)
    {
        ["Customer"] = remittance.Customer.Value,
        ["Account"] = remittance.To.Value,
        ["SentMinor"] = remittance.Sent.Minor,
        ["SentCurrency"] = remittance.Sent.Currency.Code,
        ["CreditedMinor"] = remittance.Credited.Minor,
        ["CreditedCurrency"] = remittance.Credited.Currency.Code,
        ["Rate"] = remittance.Rate?.ToString(CultureInfo.InvariantCulture)!,
        ["Sender"] = remittance.Sender,
        ["TermsVersion"] = remittance.TermsVersion,
        ["State"] = remittance.State.ToString(),
        ["Reference"] = remittance.Reference!,
        ["RefusalCode"] = remittance.RefusalCode!,
        ["CreatedAt"] = remittance.CreatedAt.ToDateTimeOffset(),
        ["SealedPin"] = sealedPin,
        ["Key"] = key,
        ["RequestHash"] = requestHash,
    };

    private static RemittanceRecord From(TableEntity row) => new(
        new Remittance(
            new RemittanceId(Guid.ParseExact(row.PartitionKey, "N")),
            CustomerId.Of(row.GetString("Customer")!),
            new AccountId(row.GetGuid("Account")!.Value),
            Money.OfMinor(row.GetInt64("SentMinor")!.Value, Currency.Of(row.GetString("SentCurrency")!)),
            Money.OfMinor(row.GetInt64("CreditedMinor")!.Value, Currency.Of(row.GetString("CreditedCurrency")!)),
            row.GetString("Rate") is { } rate ? decimal.Parse(rate, CultureInfo.InvariantCulture) : null,
            row.GetString("Sender")!,
            row.GetString("TermsVersion")!,
            Enum.Parse<RemittancePayoutState>(row.GetString("State")!),
            row.GetString("Reference"),
            row.GetString("RefusalCode"),
            Instant.FromDateTimeOffset(row.GetDateTimeOffset("CreatedAt")!.Value)),
        row.GetString("SealedPin")!,
        row.GetString("Key")!,
        row.GetString("RequestHash")!,
        row.ETag);
}
