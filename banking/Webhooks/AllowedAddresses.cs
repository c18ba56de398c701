using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Webhooks;

/// <summary>Which addresses the bank calls because somebody has subscribed them. A name is looked up at each connection and judged by what it stands for then.</summary>
/// <remarks>Source of the ranges: IANA's registries of special-purpose addresses (RFC 6890).</remarks>
internal sealed class AllowedAddresses(IOptions<WebhooksOptions> options)
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Of IPv6 only what is given out to the public (2000::/3), without tunnels that lead to IPv4 and without documentation.</summary>
    private static readonly IPNetwork Given = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotGiven = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Of an address as it is written; what its name stands for is another matter.</summary>
    public bool IsAllowed(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Fragment: "", Host.Length: > 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && options.Value.AllowPrivateAddresses))
        && (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || IsAllowed(ip));

    public bool IsAllowed(IPAddress address) => options.Value.AllowPrivateAddresses || IsPublic(address);

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic.Any(range => range.Contains(address)),
            AddressFamily.InterNetworkV6 => Given.Contains(address) && !NotGiven.Any(range => range.Contains(address)),
            _ => false,
        };
    }
}
