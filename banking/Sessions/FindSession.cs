namespace Serverless.Banking.Sessions;

/// <summary>A session as it is stored, good or over.</summary>
public sealed class FindSession
{
    private readonly SessionTable table;

    internal FindSession(SessionTable table) => this.table = table;

    /// <returns>Null when there is no such session of this customer. One storage call.</returns>
    public async Task<Session?> RunAsync(CustomerId customer, SessionId session, CancellationToken cancellation) =>
        (await table.FindAsync(customer, session, cancellation))?.ToSession();
}
