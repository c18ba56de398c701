using NodaTime;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <summary>Money that arrived on a QR account (QR-29).</summary>
/// <param name="Payer">Null while nobody has registered the name.</param>
/// <param name="Request">Null where somebody scanned the account's own code.</param>
public sealed record QrReceipt(Guid Transfer, QrAccountId QrAccount, QrRequestId? Request, string? Payer, Money Amount, Instant At);

/// <summary>What arrived on a customer's QR accounts.</summary>
public sealed class ListQrReceipts
{
    private readonly SmartPayTable table;

    internal ListQrReceipts(SmartPayTable table) => this.table = table;

    /// <returns>Newest first.</returns>
    public Task<Page<QrReceipt>> RunAsync(CustomerId owner, PageRequest page, CancellationToken cancellation) => table.ListReceivedAsync(owner, page, cancellation);
}

/// <summary>Notes on the payee's side what was paid by scanning.</summary>
internal sealed class NoteQrReceipt(SmartPayTable table) : ITransferFollowUp
{
    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (settled is { Kind: TransferKind.Qr, State: TransferState.Settled, To.Customer: { } payee } && QrOrigin.Find(settled.Origin) is { } origin)
        {
            await table.AddReceivedAsync(
                payee, new QrReceipt(settled.Id.Value, origin.QrAccount, origin.Request, settled.Payer.Name, settled.Amount, settled.Timeline[^1].At), cancellation);
        }
    }
}
