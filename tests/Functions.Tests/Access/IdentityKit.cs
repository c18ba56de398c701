using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Sessions;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Access;

/// <summary>Everybody who may knock at the bank's door. The one place that knows how tokens of customers and staff are made.</summary>
internal sealed class IdentityKit(HttpBank bank)
{
    private static int numbers = 600_001_000;

    /// <summary>Roles that the bank knows, and one that it does not.</summary>
    public static IReadOnlyList<string> Roles(IEnumerable<ApiOperation> operations) =>
        [.. operations.SelectMany(operation => operation.Roles).Append("gardener").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>On a trusted device, with the payment right.</summary>
    public Task<HttpClient> CustomerAsync(string number) => bank.CustomerAsync(number);

    /// <summary>Somebody of their own each time, who may look only.</summary>
    public Task<HttpClient> ReaderAsync() => bank.CustomerAsync(NewNumber(), "info");

    /// <summary>A session of the menu that opens without a sign-in (AUTH-21).</summary>
    public async Task<HttpClient> SmartPayAsync() => bank.Client((await bank.SignIn.RunAsync(new SignInWish(NewNumber(), Scope: SessionScope.SmartPay))).Token);

    public Task<HttpClient> StaffAsync(string role) => bank.StaffAsync("somebody-1", role);

    /// <summary>Callers whose token is worth nothing, and what they are told.</summary>
    public async Task<IReadOnlyList<(string Who, HttpClient Client, string Told)>> StrangersAsync()
    {
        const string Invalid = "401 token_invalid";
        var good = await bank.TokenAsync(new() { ["customer"] = NewNumber() });
        var forge = new TokenForge(bank.Host.Services);
        var parts = good.Split('.');
        return
        [
            ("nobody", bank.Host.NewClient(), "401 token_missing"),
            ("garbage", bank.Client("nonsense"), Invalid),
            ("altered claims", bank.Client($"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}"), Invalid),
            ("altered signature", bank.Client($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"), Invalid),
            ("no signature", bank.Client($"{parts[0]}.{parts[1]}."), Invalid),
            ("alg none", bank.Client(TokenForge.Unsigned(good)), Invalid),
            ("another key", bank.Client(TokenForge.SignedByAnother(good)), Invalid),
            ("another key id", bank.Client(TokenForge.UnderAnotherKeyId(good)), Invalid),
            .. forge.SignedWithThePublicKey(good).Select(token => ("HS256 with the public key", bank.Client(token), Invalid)),
            ("another audience", bank.Client(forge.SignedByTheBank(good, claims => claims["aud"] = "another-api")), Invalid),
            ("another issuer", bank.Client(forge.SignedByTheBank(good, claims => claims["iss"] = "https://issuer.example")), Invalid),
            ("expired", bank.Client(forge.SignedByTheBank(good, claims => claims["exp"] = bank.Host.Clock.GetUtcNow().AddSeconds(-1).ToUnixTimeSeconds())), "401 token_expired"),
        ];
    }

    /// <summary>Customers whose session has been ended, and what they are told.</summary>
    public async Task<IReadOnlyList<(string Who, HttpClient Client, string Told)>> EndedAsync()
    {
        var ended = new List<(string, HttpClient, string)>();
        foreach (var (ending, told) in new[]
        {
            (SessionEnding.SignedOut, "401 session_ended"), (SessionEnding.PasswordChanged, "401 session_password_changed"), (SessionEnding.DeviceRemoved, "401 session_device_removed"),
            (SessionEnding.RefreshReused, "401 session_refresh_reused"), (SessionEnding.LockedByStaff, "401 session_locked"), (SessionEnding.ChannelBlocked, "403 channel_blocked"),
        })
        {
            var number = NewNumber();
            var client = await bank.CustomerAsync(number);
            await bank.Host.Services.GetRequiredService<EndSessions>().RunAsync(CustomerId.Of(number), ending, CancellationToken.None);
            ended.Add(($"{ending}", client, told));
        }

        var twice = NewNumber();
        var former = await bank.CustomerAsync(twice);
        await bank.SignIn.OpenAsync(new SignInWish(twice), new TestDevice());
        ended.Add(("signed in elsewhere", former, "401 session_replaced"));
        return ended;
    }

    private static string NewNumber() => Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
}
