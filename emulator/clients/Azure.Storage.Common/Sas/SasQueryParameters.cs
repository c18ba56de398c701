using System.Globalization;
using System.Text;

namespace Azure.Storage.Sas;

/// <summary>The parts of a shared access signature, in the order they are written.</summary>
/// <remarks>A signature is a bearer secret: never log it.</remarks>
public class SasQueryParameters
{
    public const string DefaultSasVersion = "2026-10-06";

    internal const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    protected SasQueryParameters()
    {
    }

    public string? Version { get; internal init; }
    public SasProtocol Protocol { get; internal init; }
    public DateTimeOffset StartsOn { get; internal init; }
    public DateTimeOffset ExpiresOn { get; internal init; }
    public SasIPRange IPRange { get; internal init; }

    /// <summary>The stored access policy that it draws on.</summary>
    public string? Identifier { get; internal init; }

    /// <summary>"b" for a blob, "c" for a container.</summary>
    public string? Resource { get; internal init; }
    public string? Permissions { get; internal init; }
    public string? Signature { get; internal init; }
    public string? CacheControl { get; internal init; }
    public string? ContentDisposition { get; internal init; }
    public string? ContentEncoding { get; internal init; }
    public string? ContentLanguage { get; internal init; }
    public string? ContentType { get; internal init; }

    /// <summary>The query text, without question mark.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        AppendProperties(text);
        return text.ToString();
    }

    protected internal void AppendProperties(StringBuilder stringBuilder)
    {
        ArgumentNullException.ThrowIfNull(stringBuilder);
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                stringBuilder.Append(stringBuilder.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        Add("sv", Version);
        Add("spr", SasProtocolText.Of(Protocol));
        Add("st", Time(StartsOn));
        Add("se", Time(ExpiresOn));
        Add("sip", IPRange.ToString());
        Add("si", Identifier);
        Add("sr", Resource);
        Add("sp", Permissions);
        Add("rscc", CacheControl);
        Add("rscd", ContentDisposition);
        Add("rsce", ContentEncoding);
        Add("rscl", ContentLanguage);
        Add("rsct", ContentType);
        Add("sig", Signature);
    }

    internal static string Time(DateTimeOffset time) => time == default ? "" : time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}
