using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Budget;

internal sealed record StoredPlan(BudgetPlan Plan, ETag ETag);

internal sealed record StoredExpense(Expense Expense, ETag ETag);

/// <summary>Everything of a customer's budget that a month needs, read by one query.</summary>
/// <param name="Expenses">Monthly ones, and single ones about the month.</param>
/// <param name="Categories">What the customer chose, by <see cref="BudgetKeys.Party"/> and <see cref="BudgetKeys.Operation"/>.</param>
/// <param name="Done">The operation that an expense was, by <see cref="BudgetKeys.Done"/>.</param>
/// <param name="Told">The highest share that he was told of this month, in percent.</param>
internal sealed record BudgetState(
    BudgetPlan? Plan, IReadOnlyList<Expense> Expenses, IReadOnlyDictionary<string, string> Categories, IReadOnlyDictionary<string, OperationId> Done, long Told);

/// <summary>The customers' budgets in storage, and when each is looked at next.</summary>
internal sealed class BudgetTable(BankTables tables, TimeProvider time)
{
    private const int RowsOfOneTransaction = 100;

    private TableClient Table => tables.Open(BudgetKeys.Table);

    private TableClient Reviews => tables.Open(ReviewKeys.Table);

    public async Task<StoredPlan?> FindPlanAsync(CustomerId customer, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(BudgetKeys.Partition(customer), BudgetKeys.Settings, cancellationToken: cancellation);
        return row.HasValue ? new StoredPlan(ToPlan(row.Value!), row.Value!.ETag) : null;
    }

    /// <returns>The active plan; or <see cref="BudgetNotActive"/>.</returns>
    public async Task<Result<BudgetPlan>> FindActiveAsync(CustomerId customer, Instant now, CancellationToken cancellation)
    {
        var stored = await FindPlanAsync(customer, cancellation);
        return stored?.Plan is { IsActive: true } plan ? plan : NotActive(stored?.Plan, now);
    }

    public static BudgetNotActive NotActive(BudgetPlan? plan, Instant now) =>
        new(plan?.ErasedAt is { } erased && erased > now ? erased.InZone(BankTime.Tirane).Date.PlusDays(-1) : null);

    /// <summary>Writes the plan, and before it when it is looked at next.</summary>
    /// <returns>False when it has changed since it was read; nothing was written that does harm.</returns>
    public async Task<bool> SaveAsync(BudgetPlan plan, StoredPlan? before, CancellationToken cancellation)
    {
        await PointAsync(plan.Customer, plan.ErasedAt ?? ReviewKeys.NextHour(Now()), cancellation);
        var row = ToRow(plan);
        try
        {
            await (before is null ? Table.AddEntityAsync(row, cancellation) : Table.UpdateEntityAsync(row, before.ETag, TableUpdateMode.Replace, cancellation));
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 or 404)
        {
            return false;
        }
    }

    /// <param name="month">Whose expenses; single ones up to three days beside it are read too, because an operation may be an earlier or later one.</param>
    public async Task<BudgetState> ReadAsync(CustomerId customer, YearMonth month, CancellationToken cancellation)
    {
        var days = month.ToDateInterval();
        var (from, to) = (Text(days.Start.PlusDays(-ExpenseMatching.DaysApart)), Text(days.End.PlusDays(ExpenseMatching.DaysApart)));
        var partition = BudgetKeys.Partition(customer);

        // Of the prefixes only the expenses have dates; the keys of the others are as few as what the customer has changed.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and ((RowKey lt {BudgetKeys.ExpensePrefix}) or (RowKey ge {BudgetKeys.OperationPrefix}) or (RowKey lt {"expense~"} and (Type eq {nameof(ExpenseType.RecurringMonthly)} or (PlannedOn ge {from} and PlannedOn le {to}))))");
        BudgetPlan? plan = null;
        var (expenses, categories, done) = (new List<Expense>(), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, OperationId>(StringComparer.Ordinal));
        var told = 0L;
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey == BudgetKeys.Settings)
                plan = ToPlan(row);
            else if (row.RowKey.StartsWith(BudgetKeys.ExpensePrefix, StringComparison.Ordinal))
                expenses.Add(ToExpense(row));
            else if (row.RowKey.StartsWith(BudgetKeys.PartyPrefix, StringComparison.Ordinal) || row.RowKey.StartsWith(BudgetKeys.OperationPrefix, StringComparison.Ordinal))
                categories[row.RowKey] = row.GetString("Category")!;
            else if (row.RowKey.StartsWith(BudgetKeys.DonePrefix, StringComparison.Ordinal))
                done[row.RowKey] = OperationId.Parse(row.GetString("Operation")!);
            else if (row.RowKey == BudgetKeys.Told(month))
                told = row.GetInt64("Percent") ?? 0;
        }

        return new BudgetState(plan, expenses, categories, done, told);
    }

    /// <returns>The expense that the key added first, and the hash of that request; null when it is new and was added now.</returns>
    public async Task<(string RequestHash, Instant CreatedAt)?> AddExpenseAsync(Expense expense, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        var partition = BudgetKeys.Partition(expense.Customer);
        var mark = new TableEntity(partition, BudgetKeys.Key(expense.Customer, key)) { ["RequestHash"] = requestHash, ["CreatedAt"] = Text(expense.CreatedAt) };
        try
        {
            await Table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, mark),
                    .. Rows(expense).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                ],
                cancellation);
            return null;
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            var earlier = (await Table.GetEntityAsync<TableEntity>(partition, mark.RowKey, cancellationToken: cancellation)).Value;
            return (earlier.GetString("RequestHash")!, InstantPattern.ExtendedIso.Parse(earlier.GetString("CreatedAt")!).Value);
        }
    }

    public async Task<StoredExpense?> FindExpenseAsync(CustomerId customer, ExpenseId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(BudgetKeys.Partition(customer), BudgetKeys.Expense(id), cancellationToken: cancellation);
        return row.HasValue ? new StoredExpense(ToExpense(row.Value!), row.Value!.ETag) : null;
    }

    /// <summary>Newest first. One query.</summary>
    public async Task<Page<Expense>> ListExpensesAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var after = page.After ?? BudgetKeys.ListPrefix;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BudgetKeys.Partition(customer)} and RowKey gt {after} and RowKey lt {"list~"}");
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > page.Limit)
                break;
        }

        var items = rows.Take(page.Limit).ToArray();
        return new Page<Expense>([.. items.Select(ToExpense)], rows.Count > page.Limit ? items[^1].RowKey : null);
    }

    /// <param name="after">Null removes it. What it was found to be is forgotten: the next look finds it anew.</param>
    /// <returns>False when it has changed or gone since it was read.</returns>
    public async Task<bool> ChangeExpenseAsync(StoredExpense before, Expense? after, CancellationToken cancellation)
    {
        var kind = after is null ? TableTransactionActionType.Delete : TableTransactionActionType.UpdateReplace;
        var rows = Rows(after ?? before.Expense);
        List<TableTransactionAction> actions = [new(kind, rows[0], before.ETag), new(kind, rows[1], ETag.All)];
        var partition = BudgetKeys.Partition(before.Expense.Customer);
        var (first, last) = (BudgetKeys.DoneOf(before.Expense.Id), BudgetKeys.DoneOf(before.Expense.Id) + "~");
        var done = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last}");
        await foreach (var row in Table.QueryAsync<TableEntity>(done, cancellationToken: cancellation))
        {
            if (actions.Count < RowsOfOneTransaction)
                actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
        }

        try
        {
            await Table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 412 or 404)
        {
            return false;
        }
    }

    /// <param name="row"><see cref="BudgetKeys.Party"/> or <see cref="BudgetKeys.Operation"/>.</param>
    public Task ChooseCategoryAsync(CustomerId customer, string row, string category, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(BudgetKeys.Partition(customer), row) { ["Category"] = category }, TableUpdateMode.Replace, cancellation);

    /// <summary>The first one stays, unless the expense is changed.</summary>
    public async Task MarkDoneAsync(CustomerId customer, string row, OperationId operation, CancellationToken cancellation)
    {
        // False: another review was faster.
        await Table.TryAddAsync(new TableEntity(BudgetKeys.Partition(customer), row) { ["Operation"] = operation.Value }, cancellation);
    }

    public Task MarkToldAsync(CustomerId customer, YearMonth month, long percent, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(BudgetKeys.Partition(customer), BudgetKeys.Told(month)) { ["Percent"] = percent }, TableUpdateMode.Replace, cancellation);

    /// <summary>Everything of it, the plan last: a killed erasure is found and done again.</summary>
    /// <remarks>
    /// A new budget begins only after the old one's plan is gone (<see cref="SaveBudget"/>). So while the plan is still as it was after all rows were listed, none of them is
    /// of a new budget; and one that was written anew since then is not what was listed.
    /// </remarks>
    /// <returns>False when plan or rows have changed since they were read: then it stays, with what is left.</returns>
    public async Task<bool> EraseAsync(StoredPlan stored, CancellationToken cancellation)
    {
        var partition = BudgetKeys.Partition(stored.Plan.Customer);
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ne {BudgetKeys.Settings}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
        {
            rows.Add(row);
        }

        if ((await FindPlanAsync(stored.Plan.Customer, cancellation))?.ETag != stored.ETag)
            return false;
        try
        {
            foreach (var some in rows.Chunk(RowsOfOneTransaction))
                await Table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellation);
            var gone = await Table.DeleteEntityAsync(partition, BudgetKeys.Settings, stored.ETag, cancellation);
            return gone.Status != 404;
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<ReviewPointer> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in ReviewKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey le {ReviewKeys.Moment(now) + "|~"}");
            await foreach (var row in Reviews.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                yield return new ReviewPointer(row.PartitionKey, row.RowKey, CustomerId.Of(row.RowKey.Split('|')[1]), row.GetDateTimeOffset("WrittenAt"), row.ETag);
        }
    }

    public async Task<ReviewPointer?> FindPointerAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Reviews.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue
            ? new ReviewPointer(partition, row, CustomerId.Of(row.Split('|')[1]), found.Value!.GetDateTimeOffset("WrittenAt"), found.Value.ETag)
            : null;
    }

    public Task PointAsync(CustomerId customer, Instant at, CancellationToken cancellation) => Reviews.UpsertEntityAsync(
        new TableEntity(ReviewKeys.Partition(customer), ReviewKeys.Row(at, customer)) { ["WrittenAt"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Nothing when it was written anew since it was read.</summary>
    public async Task DropPointerAsync(ReviewPointer pointer, CancellationToken cancellation)
    {
        // False: somebody points there again, or has dropped it.
        await Reviews.TryDeleteAsync(pointer.Partition, pointer.Row, pointer.ETag, cancellation);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static TableEntity ToRow(BudgetPlan plan)
    {
        var row = new TableEntity(BudgetKeys.Partition(plan.Customer), BudgetKeys.Settings)
        {
            ["Accounts"] = JsonSerializer.Serialize(plan.Accounts.Select(account => account.Value)),
            ["Minor"] = plan.Amount.Minor,
            ["Currency"] = plan.Amount.Currency.Code,
            ["ActivatedAt"] = Text(plan.ActivatedAt),
        };
        if (plan.ClosedAt is { } closed)
            row["ClosedAt"] = Text(closed);
        return row;
    }

    private static BudgetPlan ToPlan(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey),
        [.. JsonSerializer.Deserialize<Guid[]>(row.GetString("Accounts")!)!.Select(account => new AccountId(account))],
        Money.OfMinor(row.GetInt64("Minor")!.Value, Currency.Of(row.GetString("Currency")!)),
        InstantPattern.ExtendedIso.Parse(row.GetString("ActivatedAt")!).Value,
        row.GetString("ClosedAt") is { } closed ? InstantPattern.ExtendedIso.Parse(closed).Value : null);

    /// <summary>The expense and its copy in the list.</summary>
    private static TableEntity[] Rows(Expense expense) => [.. new[] { BudgetKeys.Expense(expense.Id), BudgetKeys.Listed(expense) }.Select(key =>
        new TableEntity(BudgetKeys.Partition(expense.Customer), key)
        {
            ["Id"] = expense.Id.Value,
            ["Category"] = expense.Category,
            ["Minor"] = expense.Amount.Minor,
            ["Currency"] = expense.Amount.Currency.Code,
            ["Type"] = expense.Type.ToString(),
            ["PlannedOn"] = Text(expense.PlannedOn),
            ["Description"] = expense.Description ?? "",
            ["CreatedAt"] = Text(expense.CreatedAt),
        })];

    private static Expense ToExpense(TableEntity row) => new(
        new ExpenseId(row.GetGuid("Id")!.Value), CustomerId.Of(row.PartitionKey), row.GetString("Category")!,
        Money.OfMinor(row.GetInt64("Minor")!.Value, Currency.Of(row.GetString("Currency")!)), Enum.Parse<ExpenseType>(row.GetString("Type")!),
        LocalDatePattern.Iso.Parse(row.GetString("PlannedOn")!).Value, row.GetString("Description") is { Length: > 0 } description ? description : null,
        InstantPattern.ExtendedIso.Parse(row.GetString("CreatedAt")!).Value);

    private static string Text(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(Instant moment) => InstantPattern.ExtendedIso.Format(moment);
}

internal sealed record ReviewPointer(string Partition, string Row, CustomerId Customer, DateTimeOffset? WrittenAt, ETag ETag);
