using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Serverless.Sandbox.Issuer;

/// <summary>The issuer's name: its setting, or where the sandbox listens. Not the request's host, or localhost and 127.0.0.1 would be two issuers.</summary>
internal sealed class IssuerAddress(IConfiguration settings, IServer server)
{
    public string Url => settings["Issuer:Url"]?.TrimEnd('/') ?? $"{Listening().TrimEnd('/')}/issuer";

    private string Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The sandbox does not listen yet.");
        return address.Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal);
    }
}
