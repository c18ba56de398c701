using Microsoft.Extensions.Options;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>The gateway of each channel, as the settings name it.</summary>
public sealed class MessageGateways(PartnerHttp http, IOptions<PartnersOptions> options)
{
    /// <exception cref="InvalidOperationException">The settings know no address of this channel's gateway.</exception>
    public MessageGateway Of(NoticeChannel channel)
    {
        var (name, endpoint) = channel switch
        {
            NoticeChannel.Push => ("push", options.Value.Push),
            NoticeChannel.Email => ("email", options.Value.Email),
            NoticeChannel.Sms => ("sms", options.Value.Sms),
            _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
        };
        return http.Find(name, endpoint) is { } client
            ? new MessageGateway(client)
            : throw new InvalidOperationException($"No address of the {name} gateway is set.");
    }
}
