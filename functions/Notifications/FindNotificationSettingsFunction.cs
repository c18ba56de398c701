using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class FindNotificationSettingsFunction(FindNotificationSettings find)
{
    [Function("Notifications_FindSettings")]
    [Access(Right.Info)]
    [Summary("What the customer wants to be told without asking.")]
    [Answers<NotificationSettingsDto>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/notification-settings")] HttpRequest request) =>
        TypedResults.Ok(NotificationSettingsDto.From(await find.RunAsync(request.Customer(), request.HttpContext.RequestAborted)));
}
