using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Duplicates;

namespace Serverless.Banking.Transfers;

/// <summary>Looks for a transfer of the same payee, amount and description that the customer ordered shortly before (EKL-30).</summary>
internal sealed class FindLikeTransfer(TransferTable table, IOptions<TransfersOptions> options, TimeProvider time)
{
    /// <summary>Null for what is no payment to somebody else, or can be paid only once anyway.</summary>
    public static string? FingerprintOf(TransferKind kind, Payee to, Money amount, string? description) =>
        kind is TransferKind.Own or TransferKind.RequestPayment
            ? null
            : PaymentFingerprint.Of(to.AccountId is { } account ? account.Value.ToString("N") : to.Account, amount, description);

    /// <returns>The newest one that was neither rejected nor returned; null when there is none. One storage call.</returns>
    public async Task<TransferId?> RunAsync(CustomerId customer, TransferKind kind, Payee to, Money amount, string? description, CancellationToken cancellation)
    {
        if (options.Value.DuplicateWindow == TimeSpan.Zero || FingerprintOf(kind, to, amount, description) is not { } fingerprint)
            return null;
        var since = Instant.FromDateTimeOffset(time.GetUtcNow() - options.Value.DuplicateWindow);
        await foreach (var transfer in table.ListLikeAsync(customer, fingerprint, since, cancellation))
        {
            if (transfer.State is not (TransferState.Rejected or TransferState.Returned))
                return transfer.Id;
        }

        return null;
    }
}
