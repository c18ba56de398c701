using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class FindNotificationSettingsFunction(FindNotificationSettings find, NoticeTexts texts)
{
    [Function("Notifications_FindSettings")]
    [Access(Right.Info)]
    [Summary("The types of notifications, and whether the customer wants each.")]
    [Answers<NotificationSettingsResponse>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/notification-settings")] HttpRequest request) =>
        TypedResults.Ok(NotificationSettingsResponse.From(
            await find.RunAsync(request.Customer(), request.HttpContext.RequestAborted), texts, AcceptLanguage.Of(request)));
}
