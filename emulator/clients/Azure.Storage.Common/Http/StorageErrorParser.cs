using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace Serverless.Emulator.Storage;

/// <summary>Reads a storage error: the code from the header (HEAD has no body) or the XML, the message from the XML.</summary>
internal sealed class StorageErrorParser : RequestFailedDetailsParser
{
    public static readonly StorageErrorParser Instance = new();

    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        response.Headers.TryGetValue("x-ms-error-code", out var code);
        string? message = null;
        data = null;
        if (ReadXml(response) is { } root)
        {
            code ??= root.Element("Code")?.Value;
            message = root.Element("Message")?.Value;
            data = root.Elements().Where(e => e.Name.LocalName is not ("Code" or "Message")).DistinctBy(e => e.Name.LocalName)
                .ToDictionary(e => e.Name.LocalName, e => e.Value);
        }

        error = code is null ? null : new ResponseError(code, message ?? response.ReasonPhrase);
        return error is not null;
    }

    private static XElement? ReadXml(Response response)
    {
        if (response.ContentStream is not { CanSeek: true, Length: > 0 } stream)
            return null;
        try
        {
            stream.Position = 0;
            return XDocument.Load(stream).Root;
        }
        catch (XmlException)
        {
            return null;
        }
        finally
        {
            stream.Position = 0;
        }
    }
}
