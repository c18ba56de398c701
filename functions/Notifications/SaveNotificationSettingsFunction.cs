using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class SaveNotificationSettingsFunction(SaveNotificationSettings save, FindNotificationSettings find, NoticeTexts texts)
{
    [Function("Notifications_SaveSettings")]
    [Access(Right.Payment)]
    [NotConfirmed("Security notices cannot be switched off.")]
    [Summary("Switches types of notifications on or off, and amounts in pushes. What is not named stays.",
        Details = "Types that cannot be switched off are refused before anything is changed.")]
    [Body<NotificationSettingsRequest>]
    [Answers<NotificationSettingsResponse>]
    [Refuses<NoticeMandatory>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/notification-settings")] HttpRequest request) =>
        request.ReadBody<NotificationSettingsRequest>()
            .Then(body => SaveAsync(request.Customer(), body, request.HttpContext.RequestAborted))
            .Then(_ => FindAsync(request))
            .Respond(TypedResults.Ok);

    private async Task<Result<NotificationSettingsResponse>> FindAsync(HttpRequest request) => NotificationSettingsResponse.From(
        await find.RunAsync(request.Customer(), request.HttpContext.RequestAborted), texts, AcceptLanguage.Of(request));

    private async Task<Result<Nothing>> SaveAsync(CustomerId customer, NotificationSettingsRequest body, CancellationToken cancellation)
    {
        var switches = body.Types ?? [];
        if (switches.Any(one => !one.Enabled && one.TypeId.IsMandatory()))
            return new NoticeMandatory();
        foreach (var one in switches)
            await save.SwitchAsync(customer, one.TypeId, one.Enabled, cancellation);
        if (body.HideAmounts is { } hide)
            await save.HideAmountsAsync(customer, hide, cancellation);
        return default(Nothing);
    }
}

public sealed record NotificationSettingsRequest(
    [property: Description("Only those to be changed.")] IReadOnlyList<NotificationSwitch>? Types = null, bool? HideAmounts = null);

public sealed record NotificationSwitch(NoticeType TypeId, bool Enabled);
