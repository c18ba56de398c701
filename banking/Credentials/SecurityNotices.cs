using NodaTime;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Credentials;

/// <summary>Tells a customer of a change of credentials, by push and by SMS (AUTH-27).</summary>
/// <remarks>The same occasion is told once per way, however often it is announced.</remarks>
internal sealed class SecurityNotices(SendNotice send)
{
    /// <param name="occasion">What it is about: unique among the customer's.</param>
    public async Task TellAsync(CustomerId customer, NoticeKind kind, string occasion, Instant at, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["date"] = Words.Date(at.InZone(BankTime.Tirane).Date) };
        foreach (var channel in (NoticeChannel[])[NoticeChannel.Push, NoticeChannel.Sms])
        {
            await send.RunAsync(
                new Notice(
                    NoticeId.Of("security", customer.Value, kind.ToString(), channel.ToString(), occasion), customer, channel, kind, facts),
                cancellation);
        }
    }
}
