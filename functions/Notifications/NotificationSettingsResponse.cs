using System.ComponentModel;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Functions.Notifications;

[Description("What the customer is told without asking.")]
public sealed record NotificationSettingsResponse(
    IReadOnlyList<NotificationTypeResponse> Types,
    [property: Description("Whether pushes, which a locked screen shows, tell no amounts.")] bool HideAmounts)
{
    public static NotificationSettingsResponse From(NotificationSettings settings, NoticeTexts texts, Language language) => new(
        [.. NoticeTypes.All.Select(type => new NotificationTypeResponse(type, texts.NameOf(type, language), settings.IsOn(type), type.IsMandatory()))], settings.HideAmounts);
}

public sealed record NotificationTypeResponse(
    NoticeType TypeId,
    [property: Description("In the language of `Accept-Language`.")] string Name,
    bool Enabled,
    [property: Description("It cannot be switched off.")] bool Mandatory);
