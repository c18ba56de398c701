namespace Serverless.Banking.Bills;

/// <summary>The details of one authorisation (BILL-14).</summary>
public sealed class FindAuthorisation
{
    private readonly AuthorisationTable table;

    internal FindAuthorisation(AuthorisationTable table) => this.table = table;

    /// <returns>Or <see cref="AuthorisationNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<Authorisation>> RunAsync(CustomerId customer, AuthorisationId id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } found ? found.It : new AuthorisationNotFound();
}
