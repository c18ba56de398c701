using NodaTime;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Channels;

/// <summary>A block for loss or suspicion is told by SMS and e-mail, never by push: the phone may be in other hands (LIFE-13).</summary>
internal sealed class TellOfBlocking(SendNotice send) : IChannelBlockedFollowUp
{
    public async Task RunAsync(BlockedChannel blocked, CancellationToken cancellation)
    {
        if (blocked.Kind != ChannelEventKind.EmergencyBlocked)
            return;
        var facts = new Dictionary<string, string> { ["date"] = Words.Date(blocked.At.InZone(BankTime.Tirane).Date) };
        foreach (var channel in (NoticeChannel[])[NoticeChannel.Sms, NoticeChannel.Email])
        {
            var id = NoticeId.Of("channel_blocked", blocked.Customer.Value, $"{blocked.At.ToUnixTimeTicks()}", channel.ToString());
            await send.RunAsync(new Notice(id, blocked.Customer, channel, NoticeKind.ChannelBlocked, facts), cancellation);
        }
    }
}
