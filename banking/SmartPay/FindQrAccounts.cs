namespace Serverless.Banking.SmartPay;

/// <summary>A customer's QR accounts, and whether SmartPay is active (QR-24, QR-27).</summary>
public sealed class FindQrAccounts
{
    private readonly SmartPayTable table;

    internal FindQrAccounts(SmartPayTable table) => this.table = table;

    /// <returns>Those that can be paid, oldest first.</returns>
    public async Task<IReadOnlyList<QrAccount>> ListAsync(CustomerId owner, CancellationToken cancellation) =>
        [.. (await table.ListAsync(owner, cancellation)).Where(it => !it.IsDeleted).OrderBy(it => it.OpenedAt)];

    /// <returns>Deleted ones too. Or <see cref="QrAccountNotFound"/>.</returns>
    public async Task<Result<QrAccount>> RunAsync(CustomerId owner, QrAccountId id, CancellationToken cancellation) =>
        await table.FindAsync(owner, id, cancellation) is { } found ? found.It : new QrAccountNotFound();

    /// <summary>Active means at least one QR account (QR-27).</summary>
    public async Task<bool> IsActiveAsync(CustomerId owner, CancellationToken cancellation) => (await table.ListAsync(owner, cancellation)).Any(it => !it.IsDeleted);
}
