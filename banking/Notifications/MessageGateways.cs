using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>The gateway of each channel.</summary>
public sealed class MessageGateways(MessageGateway push, MessageGateway email, MessageGateway sms)
{
    public MessageGateway Of(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Push => push,
        NoticeChannel.Email => email,
        NoticeChannel.Sms => sms,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };
}
