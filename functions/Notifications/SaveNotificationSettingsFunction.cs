using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class SaveNotificationSettingsFunction(SaveNotificationSettings save)
{
    [Function("Notifications_SaveSettings")]
    [Access(Right.Payment)]
    [Summary("Chooses what the customer wants to be told without asking.")]
    [Body<NotificationSettingsDto>]
    [Answers<NotificationSettingsDto>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/notification-settings")] HttpRequest request) =>
        request.ReadBody<NotificationSettingsDto>()
            .Then(async body =>
            {
                await save.RunAsync(request.Customer(), body.ToSettings(), request.HttpContext.RequestAborted);
                return (Result<NotificationSettingsDto>)body;
            })
            .Respond(TypedResults.Ok);
}
