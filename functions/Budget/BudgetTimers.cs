using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Budget;
using Serverless.Banking.Fx;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Budget;

/// <summary>Runs every hour: planned expenses are told from 08:00 Europe/Tirane, whatever the clocks of the season (HIST-16, HIST-18, HIST-19).</summary>
public sealed class ReviewDueBudgetsTimer(ReviewDueBudgets review, TimeProvider time)
{
    [Function("Budget_ReviewDue")]
    public Task RunAsync([TimerTrigger("%BudgetReviewDueSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        review.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}

/// <summary>One customer's budget.</summary>
public sealed class ReviewBudgetMessage(ReviewBudget review)
{
    [Function("Budget_Review")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.BudgetReviews, Connection = "ServiceBus")] BudgetReviewDue due, CancellationToken cancellation) =>
        review.RunAsync(due, cancellation);
}

/// <summary>Runs every hour, so that each business day has its rates (HIST-13).</summary>
public sealed class KeepDayRatesTimer(DayRates rates)
{
    [Function("Budget_KeepDayRates")]
    public Task RunAsync([TimerTrigger("%BudgetKeepDayRatesSchedule%")] TimerInfo timer, CancellationToken cancellation) => rates.KeepAsync(cancellation);
}
