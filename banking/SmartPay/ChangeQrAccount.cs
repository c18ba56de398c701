using Serverless.Banking.Storage;

namespace Serverless.Banking.SmartPay;

/// <summary>Describes a QR account, or deletes it (QR-24). History stays.</summary>
public sealed class ChangeQrAccount
{
    private readonly SmartPayTable table;
    private readonly TimeProvider time;

    internal ChangeQrAccount(SmartPayTable table, TimeProvider time) => (this.table, this.time) = (table, time);

    /// <param name="description">As <see cref="Text.Description"/> keeps it; null takes it away.</param>
    /// <returns>Or, first match: <see cref="QrAccountNotFound"/>, <see cref="QrAccountDeleted"/>.</returns>
    public Task<Result<QrAccount>> DescribeAsync(CustomerId owner, QrAccountId id, string? description, CancellationToken cancellation) =>
        RunAsync(owner, id, it => it.IsDeleted ? new QrAccountDeleted() : it with { Description = description }, cancellation);

    /// <summary>From then on its codes are refused, and its open requests are cancelled.</summary>
    /// <returns>Deleted; also when it was before. Or <see cref="QrAccountNotFound"/>.</returns>
    public Task<Result<QrAccount>> DeleteAsync(CustomerId owner, QrAccountId id, CancellationToken cancellation) =>
        RunAsync(owner, id, it => it.IsDeleted ? it : it with { DeletedAt = time.NowToTheMillisecond() }, cancellation);

    private async Task<Result<QrAccount>> RunAsync(CustomerId owner, QrAccountId id, Func<QrAccount, Result<QrAccount>> change, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(owner, id, cancellation) is not { } found)
                return new QrAccountNotFound();
            var changed = change(found.It);
            if (!changed.IsSuccess)
                return changed.Error;
            if (changed.Value == found.It || await table.ReplaceAsync(changed.Value, found.RequestHash, found.ETag, cancellation))
                return changed.Value;
        }
    }
}
