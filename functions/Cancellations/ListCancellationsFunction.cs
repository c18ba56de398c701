using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Cancellations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Cancellations;

public sealed class ListCancellationsFunction(FindCancellation find)
{
    [Function("Cancellations_ListOpen")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Paged]
    [Summary("The requests to cancel payments that are not at their end, the oldest first.")]
    [Answers<PageResponse<StaffCancellationResponse>>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/cancellations")] HttpRequest request) =>
        await find.ListOpenAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, StaffCancellationResponse.From);
}
