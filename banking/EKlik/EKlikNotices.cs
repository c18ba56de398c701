using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Tells a customer what happened to a user of eKlik, by SMS and by e-mail: these customers may have no app.</summary>
/// <remarks>The same occasion is told once per way, however often it is announced.</remarks>
internal sealed class EKlikNotices(SendNotice send)
{
    /// <param name="occasion">What it is about: unique among the user's.</param>
    public async Task TellAsync(CustomerId customer, UserName name, NoticeKind kind, string occasion, Instant at, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["user"] = name.Value, ["date"] = Words.Date(at.InZone(BankTime.Tirane).Date) };
        foreach (var channel in (NoticeChannel[])[NoticeChannel.Sms, NoticeChannel.Email])
            await send.RunAsync(new Notice(NoticeId.Of("eklik", name.Value, kind.ToString(), channel.ToString(), occasion), customer, channel, kind, facts), cancellation);
    }
}
