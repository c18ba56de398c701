namespace Serverless.Banking.Sessions;

/// <summary>Tells a running session that its device has become, or is no longer, a trusted one (PROF-13 to PROF-18).</summary>
public sealed class TrustSession
{
    private readonly SessionTable table;

    internal TrustSession(SessionTable table) => this.table = table;

    /// <summary>Harmless for a session that is over or unknown. Two storage calls.</summary>
    public async Task RunAsync(CustomerId customer, SessionId session, bool isTrusted, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, session, cancellation) is { } row)
            await table.TryMergeAsync(row.Trusted(isTrusted), null, cancellation);
    }
}
