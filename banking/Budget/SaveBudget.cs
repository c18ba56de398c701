using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Budget;

/// <summary>Activates, changes, shows, closes and takes up again a customer's budget (HIST-07, HIST-19).</summary>
public sealed class SaveBudget
{
    private const int TriesAtMost = 8;

    private readonly BudgetTable table;
    private readonly ListAccounts accounts;
    private readonly DayRates rates;
    private readonly TimeProvider time;

    internal SaveBudget(BudgetTable table, ListAccounts accounts, DayRates rates, TimeProvider time) =>
        (this.table, this.accounts, this.rates, this.time) = (table, accounts, rates, time);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="chosen">The accounts whose spending counts.</param>
    /// <param name="amount">Positive; its currency becomes the budget's.</param>
    /// <returns>The active plan. Or, first match: <see cref="NoAccount"/>, <see cref="AccountNotFound"/> (also for somebody else's),
    /// <see cref="CurrencyNotExchanged"/>, <see cref="BudgetBusy"/>.</returns>
    public async Task<Result<BudgetPlan>> RunAsync(CustomerId customer, IReadOnlyList<AccountId> chosen, Money amount, CancellationToken cancellation)
    {
        if (chosen.Count == 0)
            return new NoAccount("/accountIds");
        var owned = (await accounts.RunAsync(customer, cancellation)).ToDictionary(account => account.Id);
        if (!chosen.All(owned.ContainsKey))
            return new AccountNotFound();
        foreach (var currency in chosen.Select(account => owned[account].Currency).Distinct())
        {
            if (await rates.ConvertAsync(Money.Zero(currency), amount.Currency, Now.InZone(BankTime.Tirane).Date, cancellation) is null)
                return new CurrencyNotExchanged(currency.Code, amount.Currency.Code);
        }

        return await ChangeAsync(
            customer, before => new BudgetPlan(customer, [.. chosen.Distinct()], amount, before is { IsActive: true } ? before.ActivatedAt : Now, null), cancellation);
    }

    /// <returns>The active plan, or <see cref="BudgetNotActive"/>.</returns>
    public Task<Result<BudgetPlan>> FindAsync(CustomerId customer, CancellationToken cancellation) => table.FindActiveAsync(customer, Now, cancellation);

    /// <returns>The plan as it is kept now. Or <see cref="BudgetNotActive"/>, <see cref="BudgetBusy"/>.</returns>
    public Task<Result<BudgetPlan>> CloseAsync(CustomerId customer, CancellationToken cancellation) =>
        ChangeAsync(customer, before => before is { IsActive: true } ? before with { ClosedAt = Now } : BudgetTable.NotActive(before, Now), cancellation);

    /// <returns>The plan, active again with the settings it had; one that is active stays as it is. Or <see cref="BudgetNotKept"/>, <see cref="BudgetBusy"/>.</returns>
    public Task<Result<BudgetPlan>> ReactivateAsync(CustomerId customer, CancellationToken cancellation) => ChangeAsync(
        customer,
        before => before is null || before.ErasedAt <= Now ? new BudgetNotKept() : before.IsActive ? before : before with { ActivatedAt = Now, ClosedAt = null },
        cancellation);

    private async Task<Result<BudgetPlan>> ChangeAsync(CustomerId customer, Func<BudgetPlan?, Result<BudgetPlan>> change, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var stored = await table.FindPlanAsync(customer, cancellation);

            // One whose time is over is no budget any more, whether or not the clock has come to it: nothing of it goes over into a new one.
            if (stored?.Plan.ErasedAt is { } end && end <= Now)
            {
                await table.EraseAsync(stored, cancellation);
                stored = await table.FindPlanAsync(customer, cancellation);
                if (stored?.Plan.ErasedAt <= Now)
                    continue;
            }

            var changed = change(stored?.Plan);
            if (!changed.IsSuccess || ReferenceEquals(changed.Value, stored?.Plan))
                return changed;
            if (await table.SaveAsync(changed.Value, stored, cancellation))
                return changed;
        }

        return new BudgetBusy();
    }
}
