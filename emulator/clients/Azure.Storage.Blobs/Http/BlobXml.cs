using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Storage;

/// <summary>The bodies of the blob REST API.</summary>
internal static class BlobXml
{
    public static (List<BlobItem> Blobs, List<string> Prefixes, string? NextMarker) ReadBlobs(BinaryData xml)
    {
        var root = Root(xml);
        var blobs = root.Element("Blobs");
        return ([.. (blobs?.Elements("Blob") ?? []).Select(Item)], [.. (blobs?.Elements("BlobPrefix") ?? []).Select(p => Name(p.Element("Name")))], Marker(root));
    }

    public static (List<BlobContainerItem> Containers, string? NextMarker) ReadContainers(BinaryData xml)
    {
        var root = Root(xml);
        return ([.. root.Element("Containers")?.Elements("Container").Select(Container) ?? []], Marker(root));
    }

    public static BinaryData WriteBlockList(IEnumerable<string> blockIds)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("BlockList");
            foreach (var id in blockIds)
                xml.WriteElementString("Latest", id);
            xml.WriteEndElement();
        }

        return new BinaryData(buffer.ToArray());
    }

    public static (List<BlobBlock> Committed, List<BlobBlock> Uncommitted) ReadBlockList(BinaryData xml)
    {
        var root = Root(xml);
        List<BlobBlock> Read(string name) => [.. (root.Element(name)?.Elements("Block") ?? []).Select(
            b => new BlobBlock(b.Element("Name")!.Value, long.Parse(b.Element("Size")!.Value, CultureInfo.InvariantCulture)))];
        return (Read("CommittedBlocks"), Read("UncommittedBlocks"));
    }

    private static XElement Root(BinaryData xml)
    {
        using var stream = xml.ToStream();
        return XDocument.Load(stream).Root!;
    }

    private static string? Marker(XElement root) => root.Element("NextMarker")?.Value is { Length: > 0 } marker ? marker : null;

    private static string Name(XElement? name) => name is null ? ""
        : (bool?)name.Attribute("Encoded") == true ? Uri.UnescapeDataString(name.Value)
        : name.Value;

    private static BlobItem Item(XElement blob) => new()
    {
        Name = Name(blob.Element("Name")),
        Deleted = blob.Element("Deleted")?.Value == "true",
        Snapshot = blob.Element("Snapshot")?.Value is { Length: > 0 } snapshot ? snapshot : null,
        Properties = Properties(blob.Element("Properties") ?? new XElement("Properties")),
        Metadata = Metadata(blob),
        Tags = blob.Element("Tags")?.Descendants("Tag").ToDictionary(t => t.Element("Key")!.Value, t => t.Element("Value")!.Value) ?? [],
    };

    private static BlobItemProperties Properties(XElement properties)
    {
        string? Text(string name) => properties.Element(name)?.Value is { Length: > 0 } value ? value : null;
        DateTimeOffset? Time(string name) => Text(name) is { } value ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture) : null;
        long? Long(string name) => Text(name) is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;
        return new BlobItemProperties
        {
            ETag = Text("Etag") is { } etag ? new ETag(etag) : null,
            LastModified = Time("Last-Modified"),
            CreatedOn = Time("Creation-Time"),
            ContentLength = Long("Content-Length"),
            ContentType = Text("Content-Type"),
            ContentEncoding = Text("Content-Encoding"),
            ContentLanguage = Text("Content-Language"),
            ContentDisposition = Text("Content-Disposition"),
            CacheControl = Text("Cache-Control"),
            ContentHash = BlobHeaders.Base64(Text("Content-MD5")),
            BlobType = BlobHeaders.BlobTypeOf(Text("BlobType")),
            LeaseState = BlobHeaders.Parse<LeaseState>(Text("LeaseState")),
            LeaseStatus = BlobHeaders.Parse<LeaseStatus>(Text("LeaseStatus")),
            LeaseDuration = BlobHeaders.Parse<LeaseDurationType>(Text("LeaseDuration")),
            AccessTier = Text("AccessTier") is { } tier ? new AccessTier(tier) : default(AccessTier?),
            TagCount = Long("TagCount"),
        };
    }

    private static BlobContainerItem Container(XElement container)
    {
        var properties = Properties(container.Element("Properties") ?? new XElement("Properties"));
        return new BlobContainerItem
        {
            Name = container.Element("Name")?.Value ?? "",
            Properties = new BlobContainerProperties
            {
                ETag = properties.ETag ?? default,
                LastModified = properties.LastModified ?? default,
                LeaseState = properties.LeaseState,
                LeaseStatus = properties.LeaseStatus,
                LeaseDuration = properties.LeaseDuration,
                Metadata = Metadata(container),
            },
        };
    }

    private static Dictionary<string, string> Metadata(XElement parent)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in parent.Element("Metadata")?.Elements() ?? [])
            metadata[pair.Name.LocalName] = pair.Value;
        return metadata;
    }
}
