using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Complaints;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class FindHubFunction(ListServiceRequests requests, CountReceivedRequests moneyRequests, NotificationList notifications, ListApprovals approvals)
{
    [Function("Notifications_FindHub")]
    [Access(Right.Info)]
    [Summary("The numbers on the envelope: requests, notifications, approvals.")]
    [Answers<HubResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/hub")] HttpRequest request)
    {
        var (customer, cancellation) = (request.Customer(), request.HttpContext.RequestAborted);
        var counts = await Task.WhenAll(
            requests.CountOpenAsync(customer, cancellation), moneyRequests.RunAsync(customer, cancellation),
            notifications.CountUnreadAsync(customer, cancellation), approvals.CountPendingAsync(customer, cancellation));
        return TypedResults.Ok(new HubResponse(counts[0], counts[1], counts[2], counts[3]));
    }
}

public sealed record HubResponse(
    [property: Description("Complaints and suggestions that are not closed.")] int OpenRequests,
    [property: Description("Money requests received and not answered.")] int OpenMoneyRequests,
    int UnreadNotifications,
    int PendingApprovals);
