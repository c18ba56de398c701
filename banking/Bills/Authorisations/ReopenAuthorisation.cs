using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>Makes a cancelled authorisation active again, under the same number (BILL-17).</summary>
public sealed class ReopenAuthorisation
{
    private readonly AuthorisationRules rules;
    private readonly AuthorisationTable table;
    private readonly InvoiceReminders reminders;

    internal ReopenAuthorisation(AuthorisationRules rules, AuthorisationTable table, InvoiceReminders reminders) =>
        (this.rules, this.table, this.reminders) = (rules, table, reminders);

    /// <param name="change">Replaces what no longer holds, an end date in the past above all; gives the terms back to keep them.</param>
    /// <returns>
    /// The active authorisation, unchanged when it was active already. Or, first match: <see cref="AuthorisationNotFound"/>, the faults of
    /// <see cref="AuthorisationRules.CheckAsync"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="AuthorisationExists"/>.
    /// </returns>
    public async Task<Result<Authorisation>> RunAsync(
        CustomerId customer, AuthorisationId id, Func<AuthorisationTerms, AuthorisationTerms> change, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return new AuthorisationNotFound();
            if (stored.It.CancelledOn is not { } cancelledOn)
                return stored.It;

            var terms = await rules.CheckAsync(customer, change(stored.It.Terms), cancellation);
            if (!terms.IsSuccess)
                return terms.Error;
            var reopened = stored.It with
            {
                Terms = terms.Value,
                CancelledOn = null,
                Next = rules.FirstRun(terms.Value),
                Closures = [.. stored.It.Closures, Closed(cancelledOn, stored.It.Terms.PaymentDay)],
            };
            await reminders.FollowAsync(reopened, cancellation);
            if (await table.ChangeAsync(stored, reopened, cancellation))
                return reopened;
            if (await table.FindActiveAsync(customer, stored.It.Account, cancellation) is { } active && active.It.Id != id)
            {
                if (!active.It.IsOver(rules.Today))
                    return new AuthorisationExists(active.It.Id);
                await table.ChangeAsync(active, active.It with { CancelledOn = active.It.Terms.EndsOn!.Value.PlusDays(1), Next = null }, cancellation);
            }
        }
    }

    /// <summary>The run of today's payment day may have passed while it was closed, or may be still to come.</summary>
    private Closure Closed(LocalDate from, int? paymentDay)
    {
        var today = rules.Today;
        var lastRun = PaymentCalendar.RunAt(today) <= rules.Now ? today : today.PlusDays(-1);
        return new Closure(from, today, paymentDay is { } day && lastRun >= from ? PaymentCalendar.LastWithin(from, lastRun, day) : null);
    }
}
