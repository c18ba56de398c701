using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ListReviewsFunction(FindApplications find)
{
    [Function("Applications_ListReviews")]
    [Access(Right.Staff, Roles = [Role.Cards])]
    [Paged]
    [Summary("The applications that wait for the cards desk, the oldest first.", Details = "A page may have fewer items than asked for and still a next one.")]
    [Answers<PageResponse<DeskApplicationResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/applications")] HttpRequest request) =>
        find.ListReviewAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, DeskApplicationResponse.From);
}
