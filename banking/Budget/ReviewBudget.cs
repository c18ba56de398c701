using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Budget;

/// <summary>The message that asks for the review of one customer's budget.</summary>
public sealed record BudgetReviewDue(string Partition, string Row);

/// <summary>Finds the budgets to look at by now and hands each to whoever is free.</summary>
/// <remarks>Costs in proportion to what is due. Running twice, or after a missed day, is harmless.</remarks>
public sealed class ReviewDueBudgets
{
    private readonly BudgetTable table;
    private readonly IWorkMessages messages;

    internal ReviewDueBudgets(BudgetTable table, IWorkMessages messages) => (this.table, this.messages) = (table, messages);

    /// <returns>How many were handed out.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        var due = new List<BudgetReviewDue>();
        await foreach (var pointer in table.DueAsync(now, cancellation))
            due.Add(new BudgetReviewDue(pointer.Partition, pointer.Row));
        if (due.Count > 0)
            await messages.SendAsync(WorkQueues.BudgetReviews, due, cancellation);
        return due.Count;
    }
}

/// <summary>
/// One look at a customer's budget: which planned expenses were done (HIST-18), what he is to be told (HIST-16), and whether a closed one is to be
/// erased (HIST-19).
/// </summary>
/// <remarks>
/// Safe to run twice, late, and to be killed: a notice goes once by its id, a mark is inserted once, and the pointer to the next review is written before this one's
/// is dropped. The next one is always at a full hour, so two runs point to the same.
/// </remarks>
public sealed class ReviewBudget
{
    /// <summary>Planned expenses are told from this hour on (Europe/Tirane).</summary>
    private const int MorningHour = 8;

    /// <summary>A reminder that could not be given on its morning is still given within the day after; then it is no use.</summary>
    private static readonly Duration RemindsFor = Duration.FromDays(2);

    private readonly BudgetTable table;
    private readonly ReadBudget read;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal ReviewBudget(BudgetTable table, ReadBudget read, SendNotice send, TimeProvider time) =>
        (this.table, this.read, this.send, this.time) = (table, read, send, time);

    public async Task RunAsync(BudgetReviewDue due, CancellationToken cancellation)
    {
        if (await table.FindPointerAsync(due.Partition, due.Row, cancellation) is not { } pointer)
            return;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var stored = await table.FindPlanAsync(pointer.Customer, cancellation);
        switch (stored?.Plan)
        {
            case null when !IndexRows.IsAbandoned(pointer.WrittenAt, time.GetUtcNow()):
                return;
            case { IsActive: true } plan:
                await table.PointAsync(plan.Customer, ReviewKeys.NextHour(now), cancellation);
                await LookAsync(plan, now, cancellation);
                break;
            case { ErasedAt: { } end } when end <= now:
                if (!await table.EraseAsync(stored, cancellation))
                    return;
                break;
            case { ErasedAt: { } end } closed:
                await table.PointAsync(closed.Customer, end, cancellation);
                break;
        }

        // Written anew meanwhile (this very hour, or by who takes the budget up again): then it stays.
        await table.DropPointerAsync(pointer, cancellation);
    }

    private async Task LookAsync(BudgetPlan plan, Instant now, CancellationToken cancellation)
    {
        // What was planned for the last days of a month may be done in the first days of the next.
        var today = now.InZone(BankTime.Tirane).Date;
        if (today.Day <= ExpenseMatching.DaysApart + 1)
            await LookAtExpensesAsync(plan, today.ToYearMonth().PlusMonths(-1), now, cancellation);

        var (state, overview) = await LookAtExpensesAsync(plan, today.ToYearMonth(), now, cancellation);
        var reached = overview.PercentSpent >= 100 ? 100 : overview.PercentSpent >= 80 ? 80 : 0;
        if (reached > state.Told)
        {
            await TellAsync(overview, reached, cancellation);
            await table.MarkToldAsync(plan.Customer, overview.Month, reached, cancellation);
        }
    }

    private async Task<(BudgetState State, BudgetOverview Overview)> LookAtExpensesAsync(
        BudgetPlan plan, YearMonth month, Instant now, CancellationToken cancellation)
    {
        var state = await table.ReadAsync(plan.Customer, month, cancellation);
        var overview = await read.LookAsync(plan, state, month, now, cancellation);
        foreach (var item in overview.Expenses)
        {
            if (item.State == PlannedState.Done && !state.Done.ContainsKey(BudgetKeys.Done(item.Expense.Id, month)))
                await table.MarkDoneAsync(plan.Customer, BudgetKeys.Done(item.Expense.Id, month), item.Operation!.Value, cancellation);
            else if (item.State == PlannedState.Counted && IsMorning(item, now))
                await RemindAsync(item, cancellation);
        }

        return (state, overview);
    }

    /// <summary>Not for what was added after its own morning.</summary>
    private static bool IsMorning(PlannedItem item, Instant now)
    {
        var morning = BankTime.Tirane.AtLeniently(item.On.At(new LocalTime(MorningHour, 0))).ToInstant();
        return item.Expense.CreatedAt < morning && morning <= now && now < morning + RemindsFor;
    }

    private Task RemindAsync(PlannedItem item, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of("planned-expense", item.Expense.Id.Value.ToString("N"), item.On.ToString("uuuuMMdd", null)), item.Expense.Customer, NoticeChannel.Push,
            NoticeKind.PlannedExpense,
            new Dictionary<string, string>
            {
                ["what"] = item.Expense.Description ?? item.Expense.Category,
                ["amount"] = Words.Amount(item.Expense.Amount),
                ["date"] = Words.Date(item.On),
            },
            $"budget/expenses/{item.Expense.Id}"),
        cancellation);

    /// <summary>Once per month and share, whatever the customer changes meanwhile.</summary>
    private Task TellAsync(BudgetOverview overview, long percent, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of("budget", overview.Plan.Customer.Value, BudgetKeys.Text(overview.Month), percent.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            overview.Plan.Customer, NoticeChannel.Push, percent >= 100 ? NoticeKind.BudgetUsedUp : NoticeKind.BudgetNearlyUsed,
            new Dictionary<string, string> { ["spent"] = Words.Amount(overview.Spent), ["budget"] = Words.Amount(overview.Plan.Amount) },
            "budget"),
        cancellation);
}
