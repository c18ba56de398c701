using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.History;

namespace Serverless.Banking.Budget;

/// <summary>Puts an operation into the category that the customer says, and with it everything else of the same merchant or counterparty (HIST-14, HIST-15).</summary>
public sealed class RecategoriseOperation
{
    private readonly BudgetTable table;
    private readonly BudgetCatalogue catalogue;
    private readonly SpendingRules rules;
    private readonly FindOperation find;
    private readonly ListAccounts accounts;
    private readonly TimeProvider time;

    internal RecategoriseOperation(
        BudgetTable table, BudgetCatalogue catalogue, SpendingRules rules, FindOperation find, ListAccounts accounts, TimeProvider time) =>
        (this.table, this.catalogue, this.rules, this.find, this.accounts, this.time) = (table, catalogue, rules, find, accounts, time);

    /// <returns>
    /// Whether it is remembered for whom the operation paid; an operation that names nobody is the only one of its kind. Or, first match: <see cref="BudgetNotActive"/>,
    /// <see cref="CategoryUnknown"/>, <see cref="OperationNotFound"/>, <see cref="OperationNotSpending"/>.
    /// </returns>
    public async Task<Result<ChosenCategory>> RunAsync(CustomerId customer, string operation, string category, CancellationToken cancellation)
    {
        var plan = await table.FindActiveAsync(customer, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
        if (!plan.IsSuccess)
            return plan.Error;
        if (catalogue.FindCategory(category) is null)
            return new CategoryUnknown("/category");
        var found = await find.RunAsync(customer, operation, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var it = found.Value.Operation;
        var ibans = (await accounts.RunAsync(customer, cancellation)).Select(account => account.Iban.Electronic).ToHashSet(StringComparer.Ordinal);
        if (it.State != OperationState.Booked || !(rules.IsSpending(it, ibans) || rules.IsRefund(it, ibans)))
            return new OperationNotSpending();
        var mark = PartyMark.Of(it.Counterparty);
        await table.ChooseCategoryAsync(customer, mark is null ? BudgetKeys.Operation(it.Id) : BudgetKeys.Party(mark), category, cancellation);
        return new ChosenCategory(it.Id, category, IsRemembered: mark is not null);
    }
}

/// <param name="IsRemembered">The merchant's or counterparty's other operations have it too.</param>
public sealed record ChosenCategory(OperationId Operation, string Category, bool IsRemembered);
