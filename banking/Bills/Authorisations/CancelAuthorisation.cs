namespace Serverless.Banking.Bills;

/// <summary>Closes an authorisation: nothing is paid or reminded by it any more (BILL-16).</summary>
public sealed class CancelAuthorisation
{
    private readonly AuthorisationRules rules;
    private readonly AuthorisationTable table;

    internal CancelAuthorisation(AuthorisationRules rules, AuthorisationTable table) => (this.rules, this.table) = (rules, table);

    /// <returns>The cancelled authorisation, also when it was cancelled before. Or <see cref="AuthorisationNotFound"/>.</returns>
    public async Task<Result<Authorisation>> RunAsync(CustomerId customer, AuthorisationId id, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return new AuthorisationNotFound();
            if (stored.It.State == AuthorisationState.Cancelled)
                return stored.It;
            var cancelled = stored.It with { CancelledOn = rules.Today, Next = null };
            if (await table.ChangeAsync(stored, cancelled, cancellation))
                return cancelled;
        }
    }
}
