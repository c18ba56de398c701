using System.Collections.Immutable;
using Azure;
using Microsoft.Extensions.Logging;
using Serverless.Banking.Profile;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Home;

/// <param name="PhotoUrl">Null for none, and in a Smart Pay session.</param>
/// <param name="Counters">Null in a Smart Pay session.</param>
public sealed record HomeView(string? PhotoUrl, HubCounters? Counters, ImmutableArray<MenuEntry> Menu);

/// <summary>What the app shows right after a sign-in (AUTH-03).</summary>
public sealed partial class FindHome
{
    private readonly ProfileTable profiles;
    private readonly PhotoAddresses photos;
    private readonly CountHub hub;
    private readonly ILogger<FindHome> log;

    internal FindHome(ProfileTable profiles, PhotoAddresses photos, CountHub hub, ILogger<FindHome> log) =>
        (this.profiles, this.photos, this.hub, this.log) = (profiles, photos, hub, log);

    /// <remarks>The sign-in is done and its code used up: what cannot be read now is left out, and the app asks for it again.</remarks>
    public async Task<HomeView> RunAsync(CustomerId customer, SessionScope scope, CancellationToken cancellation)
    {
        var menu = Menu.Of(scope);
        if (scope == SessionScope.SmartPay)
            return new HomeView(null, null, menu);
        try
        {
            var (profile, counters) = (profiles.FindAsync(customer, cancellation), hub.RunAsync(customer, cancellation));
            await Task.WhenAll(profile, counters);
            return new HomeView(photos.Of(customer, await profile), await counters, menu);
        }
        catch (RequestFailedException e)
        {
            LogLeftOut(e.Status);
            return new HomeView(null, null, menu);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was answered without photo and counters: storage answered {Status}")]
    private partial void LogLeftOut(int status);
}
