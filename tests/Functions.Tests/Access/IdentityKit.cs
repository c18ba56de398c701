using System.Net.Http.Headers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Access;

/// <summary>Everybody who may knock at the bank's door. The one place that knows how tokens of customers and staff are made.</summary>
internal sealed class IdentityKit(HttpBank bank)
{
    /// <summary>Roles that the bank knows, and one that it does not.</summary>
    public static IReadOnlyList<string> Roles(IEnumerable<ApiOperation> operations) =>
        [.. operations.SelectMany(operation => operation.Roles).Append("gardener").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>On a trusted device, with the payment right.</summary>
    public async Task<HttpClient> CustomerAsync(string number) => With(await bank.TokenAsync(new() { ["customer"] = number, ["trustedDevice"] = "true" }));

    public Task<HttpClient> ReaderAsync() => bank.CustomerAsync("600000008", "info");

    public Task<HttpClient> StaffAsync(string role) => bank.StaffAsync("somebody-1", role);

    /// <summary>Callers whose token is worth nothing, and what they are told.</summary>
    public async Task<IReadOnlyList<(string Who, HttpClient Client, string Told)>> StrangersAsync()
    {
        var good = await bank.TokenAsync(new() { ["customer"] = "600000009" });
        var parts = good.Split('.');
        return
        [
            ("nobody", bank.Host.NewClient(), "401 token_missing"),
            ("garbage", With("nonsense"), "401 token_invalid"),
            ("another claim", With($"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}"), "401 token_invalid"),
            ("another signature", With($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"), "401 token_invalid"),
            ("no signature", With($"{parts[0]}.{parts[1]}."), "401 token_invalid"),
        ];
    }

    private HttpClient With(string token)
    {
        var client = bank.Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
