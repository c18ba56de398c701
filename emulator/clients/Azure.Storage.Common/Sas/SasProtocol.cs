namespace Azure.Storage.Sas;

public enum SasProtocol
{
    None = 0,
    HttpsAndHttp = 1,
    Https = 2,
}

internal static class SasProtocolText
{
    public static string? Of(SasProtocol protocol) => protocol switch
    {
        SasProtocol.None => null,
        SasProtocol.HttpsAndHttp => "https,http",
        SasProtocol.Https => "https",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "Not a protocol."),
    };
}
