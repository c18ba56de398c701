using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Interbank;

/// <summary>An incoming payment that no account can take: on suspense until it has gone back.</summary>
/// <param name="Reason">Of the external return reason list: <c>AC01</c>, <c>AC04</c>, <c>AC06</c>, <c>AC09</c>.</param>
internal sealed record IncomingReturn(
    Guid Id, string MessageId, string? InstructionId, string EndToEndId, string? TransactionId, Money Amount, string Reason, DateTimeOffset At);

/// <summary>Table InterbankReturns: partition <c>open</c>, one row for each that has to go back; partition <c>done</c> for those that have.</summary>
internal sealed class IncomingReturns(BankTables tables)
{
    public const string Name = "InterbankReturns";
    private const string Open = "open";
    private const string Done = "done";

    private TableClient Table => tables.Open(Name);

    /// <returns>The return as it was first decided; a repeat does not change its reason or time.</returns>
    public async Task<IncomingReturn> AddAsync(IncomingReturn wanted, CancellationToken cancellation)
    {
        if (await FindDoneAsync(wanted.Id, cancellation) is { } done)
            return done;
        try
        {
            await Table.AddEntityAsync(Row(Open, wanted), cancellation);
            return wanted;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return From((await Table.GetEntityAsync<TableEntity>(Open, wanted.Id.ToString("N"), null, cancellation)).Value);
        }
    }

    public async Task CloseAsync(IncomingReturn returned, CancellationToken cancellation)
    {
        await Table.UpsertEntityAsync(Row(Done, returned), TableUpdateMode.Replace, cancellation);
        await Table.TryDeleteAsync(Open, returned.Id.ToString("N"), ETag.All, cancellation);
    }

    public async IAsyncEnumerable<IncomingReturn> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Open}"), cancellationToken: cancellation))
            yield return From(row);
    }

    private async Task<IncomingReturn?> FindDoneAsync(Guid id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Done, id.ToString("N"), null, cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    private static TableEntity Row(string partition, IncomingReturn wanted) => new(partition, wanted.Id.ToString("N"))
    {
        ["MessageId"] = wanted.MessageId,
        ["InstructionId"] = wanted.InstructionId!,
        ["EndToEndId"] = wanted.EndToEndId,
        ["TransactionId"] = wanted.TransactionId!,
        ["Minor"] = wanted.Amount.Minor,
        ["Currency"] = wanted.Amount.Currency.Code,
        ["Reason"] = wanted.Reason,
        ["At"] = wanted.At,
    };

    private static IncomingReturn From(TableEntity row) => new(
        Guid.ParseExact(row.RowKey, "N"), row.GetString("MessageId")!, row.GetString("InstructionId"), row.GetString("EndToEndId")!, row.GetString("TransactionId"),
        Money.OfMinor(row.GetInt64("Minor")!.Value, Currency.Of(row.GetString("Currency")!)), row.GetString("Reason")!, row.GetDateTimeOffset("At")!.Value);
}
