using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class TrialBalanceFunction(ProveBooks prove)
{
    [Function("BackOffice_TrialBalance")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Proves the books.", Details = "Per currency all entries sum to zero, every balance is the sum of its entries, every marker has its entries, every hash holds. Reads all books.")]
    [Answers<TrialBalanceResponse>(200)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/ledger/trial-balance")] HttpRequest request) =>
        TypedResults.Ok(TrialBalanceResponse.From(await prove.RunAsync(request.HttpContext.RequestAborted)));
}

/// <param name="AsOf">Later journals, and those still open, are left out of the sums.</param>
/// <param name="Faults">The rows that cannot be right; at most 100.</param>
public sealed record TrialBalanceResponse(
    bool IsProven, Instant AsOf, IReadOnlyList<CurrencyTotalResponse> Currencies, long Accounts, long Entries, long Journals, long OpenJournals,
    IReadOnlyList<BookFault> Faults)
{
    internal static TrialBalanceResponse From(TrialBalance balance) => new(
        balance.IsProven, balance.AsOf, [.. balance.Currencies.Select(CurrencyTotalResponse.From)], balance.Accounts, balance.Entries,
        balance.Journals, balance.OpenJournals, balance.Faults);
}

/// <param name="Difference">Credits minus debits: zero.</param>
public sealed record CurrencyTotalResponse(Currency Currency, AmountDto Debits, AmountDto Credits, AmountDto Difference)
{
    internal static CurrencyTotalResponse From(CurrencyTotal total) => new(
        total.Debits.Currency, AmountDto.From(total.Debits), AmountDto.From(total.Credits), AmountDto.From(total.Credits - total.Debits));
}
