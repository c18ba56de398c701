using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>Changes an active authorisation; institution and subscriber stay (BILL-15).</summary>
public sealed class ModifyAuthorisation
{
    private readonly AuthorisationRules rules;
    private readonly AuthorisationTable table;
    private readonly InvoiceReminders reminders;

    internal ModifyAuthorisation(AuthorisationRules rules, AuthorisationTable table, InvoiceReminders reminders) =>
        (this.rules, this.table, this.reminders) = (rules, table, reminders);

    /// <param name="change">From the terms there are to the terms wanted; may be called again when another change came between.</param>
    /// <returns>
    /// Or, first match: <see cref="AuthorisationNotFound"/>, <see cref="AuthorisationCancelled"/>, the faults of
    /// <see cref="AuthorisationRules.CheckAsync"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>.
    /// </returns>
    /// <remarks>Another payment day starts a new cycle: what was to be tried again on coming days waits for that day.</remarks>
    public async Task<Result<Authorisation>> RunAsync(
        CustomerId customer, AuthorisationId id, Func<AuthorisationTerms, AuthorisationTerms> change, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return new AuthorisationNotFound();
            if (stored.It.State == AuthorisationState.Cancelled)
                return new AuthorisationCancelled();

            var terms = await rules.CheckAsync(customer, change(stored.It.Terms), cancellation);
            if (!terms.IsSuccess)
                return terms.Error;
            var sameDay = terms.Value.PaymentDay == stored.It.Terms.PaymentDay && terms.Value.Type == stored.It.Terms.Type;
            var changed = stored.It with { Terms = terms.Value, Next = sameDay ? stored.It.Next : rules.FirstRun(terms.Value) };
            await reminders.FollowAsync(changed, cancellation);
            if (await table.ChangeAsync(stored, changed, cancellation))
                return changed;
        }
    }
}
