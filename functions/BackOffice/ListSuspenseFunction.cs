using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class ListSuspenseFunction(ListSuspense list)
{
    [Function("BackOffice_ListSuspense")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Lists the money that waits in suspense, newest first.", Details = "Credits whose account could not take them any more when their turn came: closed or blocked meanwhile.")]
    [Paged]
    [Answers<PageResponse<SuspenseItemResponse>>(200)]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/ledger/suspense")] HttpRequest request) =>
        list.RunAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, SuspenseItemResponse.From);
}

/// <param name="TransactionId">The journal whose credit it was.</param>
/// <param name="IntendedFor">The account that could not take it.</param>
/// <param name="Since">When the journal was booked.</param>
public sealed record SuspenseItemResponse(
    Guid Id, TransactionId TransactionId, AccountId IntendedFor, AmountDto Amount, string Kind, string Description, string? CounterpartyName, Instant Since, SuspenseState State)
{
    internal static SuspenseItemResponse From(SuspenseItem item) => new(
        item.Id, item.Transaction, item.IntendedFor, AmountDto.From(item.Amount), item.Kind, item.Description, item.Counterparty?.Name, item.Since, item.State);
}
