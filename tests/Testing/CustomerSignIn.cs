using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Testing;

/// <summary>Signs customers in the short way: real sessions of the bank, opened by its own operation, without the walk through password and code.</summary>
/// <remarks>
/// Whoever signs in again in the same way gets a fresh token of the same session, so that what a test holds stays good; another way of the same customer is
/// another session, and in the app it ends the former one.
/// </remarks>
/// <param name="secrets">Is told every token.</param>
public sealed class CustomerSignIn(IServiceProvider services, Secrets? secrets = null)
{
    private readonly ConcurrentDictionary<SignInWish, SignedIn> known = new();
    private readonly ConcurrentDictionary<string, SignedIn> byToken = new(StringComparer.Ordinal);

    /// <summary>Who holds this access token.</summary>
    public SignedIn Of(string token) => byToken[token];

    /// <summary>Null for a token that was not given here.</summary>
    public SignedIn? Find(string token) => byToken.GetValueOrDefault(token);

    public async Task<SignedIn> RunAsync(SignInWish wish, CancellationToken cancellation = default)
    {
        var signedIn = known.TryGetValue(wish, out var before) && await AgainAsync(before, cancellation) is { } again ? again : await OpenAsync(wish, new TestDevice(), cancellation);
        Remember(signedIn);
        return known[wish] = signedIn;
    }

    /// <summary>A session of its own, whatever there is already.</summary>
    public async Task<SignedIn> OpenAsync(SignInWish wish, TestDevice device, CancellationToken cancellation = default)
    {
        var otpKey = UserName.Find(wish.User) is { } user ? await EKlikClients.AddUserAsync(services, wish, user, cancellation) : null;
        var opened = await services.GetRequiredService<OpenSession>().RunAsync(
            new SessionStart(
                CustomerId.Of(wish.Number), UserName.Find(wish.User), wish.Where, device.Id, wish.Where == SessionChannel.App ? device.Key : null,
                wish.Trusted && wish.User is null, wish.Scope, ["pwd", "otp"], wish.Rights == "payment"),
            cancellation);
        var signedIn = new SignedIn(wish.Number, device, opened.IsSuccess ? opened.Value : throw new InvalidOperationException($"{wish.Number} cannot sign in: {opened.Error.Code}."),
            wish is { Trusted: true, Where: SessionChannel.App })
        {
            OtpKey = otpKey,
        };
        Remember(signedIn);
        return signedIn;
    }

    private void Remember(SignedIn signedIn)
    {
        byToken[signedIn.Token] = signedIn;
        secrets?.Add("access token", signedIn.Token);
        secrets?.Add("refresh token", signedIn.Tokens.RefreshToken);
    }

    /// <summary>Makes a customer a user, as a registration does at its end.</summary>
    public async Task RegisterAsync(string number, string password, bool mayPay = true, CancellationToken cancellation = default)
    {
        var now = Instant.FromDateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var hash = await services.GetRequiredService<IPasswordWork>().HashAsync(password, cancellation);
        var user = new UserRow(CustomerId.Of(number), hash.Value!, [], now, now, mayPay, null, null, null, default);
        if (!await services.GetRequiredService<UserTable>().TryWriteAsync(user, [], cancellation))
            throw new InvalidOperationException($"{number} is a user already.");
    }

    /// <summary>Gives a device that has signed in everything that a device can have: trust, Smart OTP, Soft PIN, biometrics, remember me.</summary>
    public async Task TrustAsync(string number, TestDevice device, CancellationToken cancellation = default)
    {
        var (customer, table) = (CustomerId.Of(number), services.GetRequiredService<DeviceTable>());
        var now = Instant.FromDateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var book = await table.ReadAsync(customer, cancellation);
        var plain = book.Find(device.Id) ?? throw new InvalidOperationException($"{number} has not signed in with this device.");
        var full = plain with
        {
            Trust = new DeviceTrust(now, TrustMethod.Offer, plain.Key!.Thumbprint),
            HasSmartOtp = true,
            RemembersCustomer = true,
            BiometricKey = plain.Key,
            SoftPin = services.GetRequiredService<SoftPinSecrets>().New(customer, device.Id),
        };
        if (!await table.WriteAsync(book, new DeviceChange(book.Head, [full]), cancellation))
            throw new InvalidOperationException("Somebody else changes the device.");
    }

    /// <summary>Null when the session is over, or nothing was done in it for some time.</summary>
    private async Task<SignedIn?> AgainAsync(SignedIn before, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var row = await services.GetRequiredService<SessionTable>().FindAsync(CustomerId.Of(before.Number), before.Tokens.SessionId, cancellation);
        return row is not null && services.GetRequiredService<SessionRules>().EndingOf(row.ToSession(), now + Duration.FromMinutes(5)) is null
            ? before with { Tokens = services.GetRequiredService<SessionIssue>().Tokens(row, now) }
            : null;
    }
}
