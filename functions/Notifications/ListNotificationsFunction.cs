using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class ListNotificationsFunction(NotificationList list)
{
    [Function("Notifications_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The notifications sent to the customer's phone in the last twelve months, newest first.")]
    [Answers<PageResponse<NotificationResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/notifications")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, NotificationResponse.From);
}

public sealed record NotificationResponse(
    string Id, NoticeType Type, string Title, string Text, Instant SentAt, bool Read, [property: Description("What it opens in the app; null opens the app.")] string? Link)
{
    public static NotificationResponse From(NotificationItem item) =>
        new(item.Id.Value, item.Type, item.Title, item.Text, item.SentAt, item.IsRead, item.Link);
}
