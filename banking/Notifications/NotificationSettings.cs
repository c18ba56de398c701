namespace Serverless.Banking.Notifications;

/// <summary>What a customer wants to be told. Everything is on until switched off.</summary>
/// <param name="Off">The types whose pushes the customer does not want; never a mandatory one.</param>
/// <param name="HideAmounts">Pushes, which a locked screen shows, tell no amounts (NOTE-21); the list in the app does.</param>
public sealed record NotificationSettings(IReadOnlySet<NoticeType> Off, bool HideAmounts)
{
    public static NotificationSettings Default { get; } = new(new HashSet<NoticeType>(), HideAmounts: false);

    public bool IsOn(NoticeType type) => !Off.Contains(type);
}
