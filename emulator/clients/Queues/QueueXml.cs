using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Serverless.Emulator.Queues;

/// <summary>The bodies of the queue REST API.</summary>
internal static class QueueXml
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = true, NewLineHandling = NewLineHandling.Entitize };

    /// <exception cref="ArgumentException">The text holds characters XML cannot carry: use Base64.</exception>
    public static BinaryData WriteMessage(BinaryData body, QueueMessageEncoding encoding)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("QueueMessage");
            xml.WriteElementString("MessageText", encoding == QueueMessageEncoding.Base64 ? Convert.ToBase64String(body.ToMemory().Span) : body.ToString());
            xml.WriteEndElement();
        }

        return new BinaryData(buffer.ToArray());
    }

    public static IReadOnlyList<SentQueueMessage> ReadSent(BinaryData xml) =>
        [.. Messages(xml).Select(m => new SentQueueMessage(
            Text(m, "MessageId"), Text(m, "PopReceipt"), Time(m, "InsertionTime"), Time(m, "ExpirationTime"), Time(m, "TimeNextVisible")))];

    public static IReadOnlyList<QueueMessage> ReadReceived(BinaryData xml, QueueMessageEncoding encoding) =>
        [.. Messages(xml).Select(m => new QueueMessage(
            Text(m, "MessageId"), Text(m, "PopReceipt"), Body(m, encoding), Count(m), Time(m, "InsertionTime"), Time(m, "ExpirationTime"), Time(m, "TimeNextVisible")))];

    public static IReadOnlyList<PeekedQueueMessage> ReadPeeked(BinaryData xml, QueueMessageEncoding encoding) =>
        [.. Messages(xml).Select(m => new PeekedQueueMessage(Text(m, "MessageId"), Body(m, encoding), Count(m), Time(m, "InsertionTime"), Time(m, "ExpirationTime")))];

    public static (IReadOnlyList<QueueItem> Items, string? NextMarker) ReadQueues(BinaryData xml)
    {
        var root = Root(xml);
        var items = root.Element("Queues")?.Elements("Queue").Select(queue => new QueueItem(
            Text(queue, "Name"),
            queue.Element("Metadata")?.Elements().ToDictionary(e => e.Name.LocalName, e => e.Value, StringComparer.OrdinalIgnoreCase) ?? []));
        return ([.. items ?? []], root.Element("NextMarker")?.Value);
    }

    private static IEnumerable<XElement> Messages(BinaryData xml) => Root(xml).Elements("QueueMessage");

    private static XElement Root(BinaryData xml)
    {
        using var stream = xml.ToStream();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace).Root!;
    }

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value ?? "";

    private static long Count(XElement message) => long.Parse(Text(message, "DequeueCount"), CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(XElement parent, string name) =>
        DateTimeOffset.Parse(Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // A message that somebody put as plain text into a Base64 queue is still handed out, as it stands: the trigger decides that it is poison.
    private static BinaryData Body(XElement message, QueueMessageEncoding encoding)
    {
        var text = Text(message, "MessageText");
        if (encoding == QueueMessageEncoding.None)
            return BinaryData.FromString(text);
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var written) ? new BinaryData(bytes.AsMemory(0, written)) : BinaryData.FromString(text);
    }
}
