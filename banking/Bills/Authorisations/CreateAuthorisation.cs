using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <param name="RequestHash">Tells a retry from another request under the same key.</param>
public sealed record AuthorisationOrder(
    CustomerId Customer, IdempotencyKey Key, string RequestHash, string Company, string SubscriberNumber, AuthorisationTerms Terms);

/// <summary>Registers an authorisation and gives it its number (BILL-12).</summary>
public sealed class CreateAuthorisation
{
    private readonly CheckSubscriber subscribers;
    private readonly AuthorisationRules rules;
    private readonly AuthorisationTable table;
    private readonly InvoiceReminders reminders;

    internal CreateAuthorisation(CheckSubscriber subscribers, AuthorisationRules rules, AuthorisationTable table, InvoiceReminders reminders) =>
        (this.subscribers, this.rules, this.table, this.reminders) = (subscribers, rules, table, reminders);

    /// <returns>
    /// The authorisation. Or, first match: <see cref="IdempotencyKeyReused"/>, the faults of <see cref="AuthorisationRules.CheckAsync"/>,
    /// <see cref="InstitutionNotAvailable"/>, <see cref="SmartCardNumber"/>, <see cref="ClientCodeMalformed"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="AuthorisationExists"/>, <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.
    /// </returns>
    /// <remarks>The same key and request again give the authorisation as it is now. One that has passed its end date gives way to a new one.</remarks>
    public async Task<Result<Authorisation>> RunAsync(AuthorisationOrder order, CancellationToken cancellation)
    {
        if (await RepeatAsync(order, cancellation) is { } repeat)
            return repeat;

        var terms = await rules.CheckAsync(order.Customer, order.Terms, cancellation);
        if (!terms.IsSuccess)
            return terms.Error;
        var subscriber = await subscribers.RunAsync(order.Company, order.SubscriberNumber, cancellation);
        if (!subscriber.IsSuccess)
            return subscriber.Error;

        var account = subscriber.Value.Account;
        var id = AuthorisationId.Of(order.Customer, order.Key);
        var it = new Authorisation(
            id, id.Number, order.Customer, account, terms.Value, rules.Today, CancelledOn: null, Closures: [], rules.FirstRun(terms.Value));
        await reminders.FollowAsync(it, cancellation);
        while (!await table.AddAsync(it, order.Key, order.RequestHash, cancellation))
        {
            // The key, or the account: find out which, and make way if the one that is active has run out.
            if (await RepeatAsync(order, cancellation) is { } first)
                return first;
            if (await table.FindActiveAsync(order.Customer, account, cancellation) is not { } active)
                continue;
            if (!active.It.IsOver(rules.Today))
                return new AuthorisationExists(active.It.Id);
            await table.ChangeAsync(active, active.It with { CancelledOn = active.It.Terms.EndsOn!.Value.PlusDays(1), Next = null }, cancellation);
        }

        return it;
    }

    private async Task<Result<Authorisation>?> RepeatAsync(AuthorisationOrder order, CancellationToken cancellation)
    {
        if (await table.FindByKeyAsync(order.Customer, order.Key, cancellation) is not { } earlier)
            return null;
        if (earlier.RequestHash != order.RequestHash)
            return new IdempotencyKeyReused();
        return (await table.FindAsync(order.Customer, earlier.Id, cancellation))!.It;
    }
}
