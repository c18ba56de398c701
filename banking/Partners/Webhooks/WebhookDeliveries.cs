using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Partners;

/// <summary>The webhooks that were handled, so that a message sent again is answered and not handled again.</summary>
/// <remarks>
/// A message is kept after it was handled: killed in between, it is handled again when the partner repeats it, and every handler is safe to
/// run twice. Rows are no longer needed once a repeat would be older than the signature's tolerance.
/// </remarks>
public sealed class WebhookDeliveries(BankTables tables)
{
    internal const string Table = "WebhookDeliveries";

    private readonly TableClient table = tables.Open(Table);

    public async Task<bool> WasHandledAsync(string partner, string id, CancellationToken cancellation) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(partner, Key(partner, id), cancellationToken: cancellation)).HasValue;

    public async Task KeepAsync(string partner, string id, CancellationToken cancellation)
    {
        // False: the same message twice at the same moment.
        await table.TryAddAsync(new TableEntity(partner, Key(partner, id)), cancellation);
    }

    /// <summary>Hashed: an id is the partner's, and may hold characters that a row key may not.</summary>
    private static string Key(string partner, string id) => Ledger.StableGuid.Of("webhook", partner, id).ToString("N");
}
