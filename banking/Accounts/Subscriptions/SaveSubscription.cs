using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Begins, changes or stops the periodic statements of an account (ACC-17).</summary>
public sealed class SaveSubscription
{
    private const int TriesAtMost = 8;

    private readonly SubscriptionTable table;
    private readonly FindAccount accounts;
    private readonly TimeProvider time;

    internal SaveSubscription(SubscriptionTable table, FindAccount accounts, TimeProvider time) => (this.table, this.accounts, this.time) = (table, accounts, time);

    /// <param name="choice">Null stops them; what was chosen is kept, and so is which day was covered last.</param>
    /// <returns>The subscription. Or, first match: <see cref="AccountNotFound"/>, <see cref="SubscriptionNotFound"/> (nothing to stop), <see cref="AccountBusy"/>.</returns>
    public async Task<Result<StatementSubscription>> RunAsync(CustomerId customer, AccountId id, StatementChoice? choice, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var stored = await table.FindAsync(id, cancellation);
            if (stored is null && choice is null)
                return new SubscriptionNotFound();

            var changed = choice is null
                ? stored!.Value.Subscription with { NextOn = null }
                : Choose(stored?.Subscription ?? New(found.Value, choice), choice);
            if (changed == stored?.Subscription || await table.SaveAsync(changed, stored?.ETag, cancellation))
                return changed;
        }

        return new AccountBusy();
    }

    /// <summary>As part of an opening, before the account is there; a repeat changes nothing.</summary>
    internal Task BeginAsync(AccountId account, CustomerId owner, LocalDate openedOn, StatementChoice choice, CancellationToken cancellation) => table.SaveAsync(
        new StatementSubscription(
            account, owner, choice, openedOn, StatementSchedule.NextAfter(openedOn, openedOn, choice.Frequency, choice.Day), openedOn.PlusDays(-1), 0),
        null, cancellation);

    private static StatementSubscription New(Account account, StatementChoice choice)
    {
        var openedOn = account.OpenedAt.InZone(BankTime.Tirane).Date;
        return new StatementSubscription(account.Id, account.Owner, choice, openedOn, null, openedOn.PlusDays(-1), 0);
    }

    private StatementSubscription Choose(StatementSubscription subscription, StatementChoice choice)
    {
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        return subscription with
        {
            Choice = choice,
            NextOn = StatementSchedule.NextAfter(today, subscription.OpenedOn, choice.Frequency, choice.Day),
        };
    }
}
