using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Tests;

/// <summary>The issuer's authorization code flow with PKCE, for pages that sign staff in.</summary>
public sealed class AuthorizationTests
{
    private const string Verifier = "a-verifier-of-the-page-that-nobody-else-knows-1234";

    private const string Redirect = "http://127.0.0.1:7071/api/desk";

    [Fact]
    public async Task A_code_is_good_once_for_the_page_that_asked_and_leads_nowhere_but_this_machine()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Client.BaseAddress };
        var page = await client.GetStringAsync(Authorize());
        Assert.Contains("Sokol Treasurer", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(Authorize(redirect: "https://evil.example/desk"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"{Authorize()}&staff=nobody")).StatusCode);

        var answer = await client.GetAsync($"{Authorize()}&staff=treasurer-1");
        Assert.Equal((HttpStatusCode.Found, Redirect), (answer.StatusCode, answer.Headers.Location!.GetLeftPart(UriPartial.Path)));
        var given = answer.Headers.Location.Fragment.TrimStart('#').Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        Assert.Equal("state-1", given["state"]);
        Assert.Equal("200", await RedeemAsync(client, given["code"], Verifier));
        Assert.Equal("400 invalid_grant", await RedeemAsync(client, given["code"], Verifier));

        var again = (await client.GetAsync($"{Authorize()}&staff=treasurer-1")).Headers.Location!.Fragment.TrimStart('#').Split('&')[0]["code=".Length..];
        Assert.Equal("400 invalid_grant", await RedeemAsync(client, again, "another-verifier"));
    }

    private static string Authorize(string redirect = Redirect) =>
        $"/issuer/authorize?response_type=code&response_mode=fragment&client_id=bank-desk&redirect_uri={Uri.EscapeDataString(redirect)}&scope=openid&state=state-1&code_challenge_method=S256"
        + $"&code_challenge={Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}";

    private static async Task<string> RedeemAsync(HttpClient client, string code, string verifier)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["code_verifier"] = verifier,
            ["redirect_uri"] = Redirect,
            ["client_id"] = "bank-desk",
        });
        using var answer = await client.PostAsync("/issuer/token", form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        return text.Contains("invalid_grant", StringComparison.Ordinal) ? $"{(int)answer.StatusCode} invalid_grant" : $"{(int)answer.StatusCode}";
    }
}
