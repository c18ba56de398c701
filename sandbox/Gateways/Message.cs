namespace Serverless.Sandbox.Gateways;

/// <summary>What the bank asks a gateway to deliver.</summary>
internal sealed record Message(string Id, string? Customer, string To, string? Title, string Text, string? Link, string Language)
{
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Whether the other one says and brings the same.</summary>
    public bool Equals(Message? other) => other is not null
        && (Id, Customer, To, Title, Text, Link, Language) == (other.Id, other.Customer, other.To, other.Title, other.Text, other.Link, other.Language)
        && Attachments.Count == other.Attachments.Count
        && Attachments.Zip(other.Attachments).All(pair => pair.First.Name == pair.Second.Name && pair.First.Content.AsSpan().SequenceEqual(pair.Second.Content));

    public override int GetHashCode() => HashCode.Combine(Id, Customer, To, Text);
}

/// <summary>A file that an e-mail brings.</summary>
internal sealed record Attachment(string Name, string ContentType, byte[] Content);

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
