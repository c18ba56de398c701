namespace Serverless.Sandbox.Gateways;

/// <summary>What the bank asks a gateway to deliver.</summary>
internal sealed record Message(string Id, string Customer, string To, string? Title, string Text, string? Link, string Language);

/// <summary>A message in somebody's hands.</summary>
/// <param name="Version">Grows with every change in the inbox; a page that knows it gets what is newer.</param>
/// <param name="TimesSent">How often the bank has sent it; it was delivered once.</param>
/// <param name="Differed">A repeat had another content; the first one counts.</param>
internal sealed record ReceivedMessage(string Channel, Message Message, DateTimeOffset ReceivedAt, long Version, int TimesSent, bool Differed);

internal sealed record InboxFilter(string? Customer, string? Channel)
{
    public bool Shows(ReceivedMessage received) =>
        (Customer ?? received.Message.Customer) == received.Message.Customer && (Channel ?? received.Channel) == received.Channel;
}
