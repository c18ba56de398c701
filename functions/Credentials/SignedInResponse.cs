using System.ComponentModel;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Home;
using Serverless.Functions.Notifications;
using Serverless.Functions.Sessions;

namespace Serverless.Functions.Credentials;

/// <param name="Name">Null when the bank has no contact details.</param>
/// <param name="OfferTrust">The app asks now whether to trust the device.</param>
[Description("The customer is in: the session, and what the first screen shows.")]
public sealed record SignedInResponse(
    string CustomerNumber, string? Name,
    [property: Description("For some minutes, or an avatar's; null for none, and in a Smart Pay session.")] string? PhotoUrl,
    bool MayPay, bool DeviceTrusted, bool OfferTrust,
    [property: Description("As `GET /v1/hub`; null in a Smart Pay session, or when it cannot be counted now.")] HubResponse? Counters,
    [property: Description("In the order in which it is shown.")] IReadOnlyList<MenuEntryResponse> Menu,
    SessionTokensResponse Session)
{
    public static SignedInResponse From(LoginCompleted login, HomeView home) => new(
        login.Customer.Value, login.Name, home.PhotoUrl, login.MayPay, login.Device.DeviceTrusted, login.Device.OfferTrust,
        home.Counters is { } counters ? HubResponse.From(counters) : null, [.. home.Menu.Select(MenuEntryResponse.From)], SessionTokensResponse.From(login.Tokens));
}

public sealed record MenuEntryResponse(MenuPlace Place, MenuItem Item, [property: Description("What it opens into; mostly nothing.")] IReadOnlyList<MenuItem> Items)
{
    internal static MenuEntryResponse From(MenuEntry entry) => new(entry.Place, entry.Item, entry.Items);
}

internal static class SignedIn
{
    /// <summary>The end of every sign-in.</summary>
    public static Task<Result<SignedInResponse>> WithHome(this Task<Result<LoginCompleted>> task, FindHome home, CancellationToken cancellation) =>
        task.Then(async login => (Result<SignedInResponse>)SignedInResponse.From(login, await home.RunAsync(login.Customer, login.Scope, cancellation)));
}
