using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class MarkAllNotificationsReadFunction(NotificationList list)
{
    [Function("Notifications_MarkAllRead")]
    [Access(Right.Info)]
    [NotConfirmed("Reading moves nothing.")]
    [Summary("Marks every notification read.")]
    [Answers(204)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/notifications/read")] HttpRequest request)
    {
        await list.MarkAllReadAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.NoContent();
    }
}
