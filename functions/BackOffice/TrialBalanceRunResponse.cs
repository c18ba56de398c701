using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Functions.BackOffice;

/// <summary>A trial balance that is read in steps.</summary>
/// <param name="AsOf">Later journals, and those open then, are left out of the sums.</param>
/// <param name="Percent">About how much is read; 100 when it is done.</param>
/// <param name="Rows">Read so far.</param>
/// <param name="Result">Present when it is done.</param>
/// <param name="AccountId">The one account that is proven; absent: all books.</param>
public sealed record TrialBalanceRunResponse(
    Guid Id, bool IsDone, Instant AsOf, int Percent, long Rows, long Accounts, long Entries, TrialBalanceResponse? Result, AccountId? AccountId = null)
{
    internal static TrialBalanceRunResponse From(BooksRun run) => new(
        run.Id, run.Result is not null, run.AsOf, run.Percent, run.Rows, run.Accounts, run.Entries,
        run.Result is { } result ? TrialBalanceResponse.From(result) : null, run.Account);
}
