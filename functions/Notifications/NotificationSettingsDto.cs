using System.ComponentModel;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Notifications;

public sealed record NotificationSettingsDto(
    [property: Description("A push for each new invoice of a registered contract.")] bool NewInvoicePush)
{
    public static NotificationSettingsDto From(NotificationSettings settings) => new(settings.NewInvoicePush);

    public NotificationSettings ToSettings() => new(NewInvoicePush);
}
