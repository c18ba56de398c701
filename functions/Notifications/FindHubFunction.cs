using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Home;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class FindHubFunction(CountHub count)
{
    [Function("Notifications_FindHub")]
    [Access(Right.Info)]
    [Summary("The numbers on the envelope: requests, notifications, approvals.")]
    [Answers<HubResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/hub")] HttpRequest request) =>
        TypedResults.Ok(HubResponse.From(await count.RunAsync(request.Customer(), request.HttpContext.RequestAborted)));
}

public sealed record HubResponse(
    [property: Description("Complaints and suggestions that are not closed.")] int OpenRequests,
    [property: Description("Money requests received and not answered.")] int OpenMoneyRequests,
    int UnreadNotifications,
    int PendingApprovals)
{
    internal static HubResponse From(HubCounters counters) =>
        new(counters.OpenRequests, counters.OpenMoneyRequests, counters.UnreadNotifications, counters.PendingApprovals);
}
