using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class MarkNotificationReadFunction(NotificationList list)
{
    [Function("Notifications_MarkRead")]
    [Access(Right.Info)]
    [NotConfirmed("Reading moves nothing.")]
    [Summary("Marks one notification read.")]
    [Answers(204)]
    [Refuses<NotificationNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/notifications/{notification:length(32)}/read")] HttpRequest request, string notification) =>
        MarkAsync(request.Customer(), notification, request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());

    private async Task<Result<Nothing>> MarkAsync(CustomerId customer, string id, CancellationToken cancellation) =>
        NoticeId.Find(id) is { } notice ? await list.MarkReadAsync(customer, notice, cancellation) : new NotificationNotFound();
}
