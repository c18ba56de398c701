using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ListEntriesFunction(ListEntries list)
{
    [Function("Accounts_ListEntries")]
    [Access(Right.Info)]
    [Summary("Lists the operations of one account, newest first.")]
    [Paged]
    [Answers<PageResponse<EntryResponse>>(200)]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/entries")] HttpRequest request, Guid accountId) =>
        list.RunAsync(request.Customer(), new AccountId(accountId), request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, EntryResponse.From);
}

/// <param name="Number">1 for the account's first operation, without gaps.</param>
/// <param name="Kind">What it was: <c>cash_deposit</c>, <c>bill_payment</c>.</param>
/// <param name="Direction">Credit added to the balance, debit took from it.</param>
/// <param name="Amount">Positive when it added to the balance, negative when it took from it.</param>
/// <param name="Balance">The balance right after it.</param>
/// <param name="BookedOn">Business date.</param>
public sealed record EntryResponse(
    long Number, TransactionId TransactionId, string Kind, string Description, string Reference, EntryDirection Direction, AmountDto Amount, AmountDto Balance,
    LocalDate BookedOn, Instant PostedAt)
{
    public static EntryResponse From(Entry entry) => new(
        entry.Sequence, entry.Transaction, entry.Kind, entry.Description, entry.Reference,
        entry.Amount.IsPositive ? EntryDirection.Credit : EntryDirection.Debit, AmountDto.From(entry.Amount),
        AmountDto.From(entry.BalanceAfter), entry.BookedOn, entry.PostedAt);
}

public enum EntryDirection
{
    Credit,
    Debit,
}
