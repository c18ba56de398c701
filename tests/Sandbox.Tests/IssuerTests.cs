using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Tests;

public sealed class IssuerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_token_verifies_with_the_published_keys_and_says_who_of_the_staff_it_is()
    {
        await using var sandbox = await SandboxHost.StartAsync(new ManualTime(Noon));

        var answer = await sandbox.FormAsync("/issuer/token", ("staff", "teller-1"));

        Assert.Equal((200, "Bearer", 3600), (answer.Status, $"{answer.Json["token_type"]}", (int)answer.Json["expires_in"]!));
        var token = await VerifyAsync(sandbox, $"{answer.Json["access_token"]}");
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(
            """
            aud bank-api
            exp 1767272400
            iat 1767268800
            name Mira Teller
            nbf 1767268800
            oid OID
            preferred_username teller-1
            roles branch
            sub teller-1
            tid 5b1c7a52-7f0e-4c1d-9d0e-6f1f0c9f2b11
            ver 2.0
            """.Replace("OID", token.GetPayloadValue<string>("oid"), StringComparison.Ordinal),
            Claims(token));
        Assert.True(Guid.TryParse(token.GetPayloadValue<string>("oid"), out _));
    }

    [Fact]
    public async Task The_lifetime_can_be_chosen_and_the_same_person_keeps_the_id()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = await VerifyAsync(sandbox, await TokenAsync(sandbox, ("staff", "teller-1"), ("lifetime", "60")));
        var second = await VerifyAsync(sandbox, await TokenAsync(sandbox, ("staff", "teller-1")));

        Assert.Equal(TimeSpan.FromSeconds(60), first.ValidTo - first.ValidFrom);
        Assert.Equal(first.GetPayloadValue<string>("oid"), second.GetPayloadValue<string>("oid"));
    }

    [Theory]
    [InlineData("teller-1", null, "branch")]
    [InlineData("teller-1", "branch contact_centre", "branch,contact_centre")]
    [InlineData("newcomer", "auditor,branch", "auditor,branch")]
    public async Task Staff_have_roles_of_their_own_or_those_asked_for(string staff, string? roles, string expected)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var token = await VerifyAsync(sandbox, await TokenAsync(sandbox, roles is null ? [("staff", staff)] : [("staff", staff), ("roles", roles)]));

        Assert.Equal((staff, expected), (token.Subject, string.Join(',', token.GetPayloadValue<string[]>("roles"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("customer=100000001")]
    [InlineData("staff=teller-1&customer=100000001")]
    [InlineData("staff=teller-1&staff=officer-1")]
    [InlineData("staff=teller-1&lifetime=0")]
    [InlineData("staff=teller-1&lifetime=-5")]
    [InlineData("staff=teller-1&lifetime=soon")]
    [InlineData("staff=teller-1&lifetime=99999999999")]
    [InlineData("staff=teller-1&admin=true")]
    [InlineData("staff=newcomer")]
    [InlineData("staff=Teller One&roles=branch")]
    [InlineData("staff=teller-1&roles=BRANCH!")]
    [InlineData("staff=teller-1&rights=payment")]
    public async Task A_request_that_makes_no_sense_gets_no_token(string form)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        using var response = await sandbox.Client.PostAsync("/issuer/token", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
        var answer = await Answer.ReadAsync(response);

        Assert.Equal((400, "invalid_request"), (answer.Status, $"{answer.Json["error"]}"));
        Assert.NotEmpty($"{answer.Json["error_description"]}");
    }

    [Fact]
    public async Task Discovery_names_the_keys_and_the_token_endpoint_under_one_issuer()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var issuer = new Uri(sandbox.Address, "issuer").ToString();

        var discovery = (await sandbox.GetAsync("/issuer/.well-known/openid-configuration")).Json;

        Assert.Equal((issuer, $"{issuer}/jwks", $"{issuer}/token"), ($"{discovery["issuer"]}", $"{discovery["jwks_uri"]}", $"{discovery["token_endpoint"]}"));
    }

    [Fact]
    public async Task The_published_key_holds_no_secret()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var key = Assert.Single((await sandbox.GetAsync("/issuer/jwks")).Json["keys"]!.AsArray())!;

        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.AsObject().Select(member => member.Key).Order());
    }

    [Fact]
    public async Task A_configured_issuer_name_is_the_one_in_tokens_and_discovery()
    {
        await using var sandbox = await SandboxHost.StartAsync(null, ("Issuer:Url", "https://login.example.com/issuer/"));

        Assert.Equal("https://login.example.com/issuer", new JsonWebToken(await TokenAsync(sandbox, ("staff", "teller-1"))).Issuer);
        Assert.Equal("https://login.example.com/issuer", $"{(await sandbox.GetAsync("/issuer/.well-known/openid-configuration")).Json["issuer"]}");
    }

    [Fact]
    public async Task Tokens_follow_the_sandboxs_clock()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/clock", """{"now":"2031-05-06T07:08:09Z"}""");

        var token = new JsonWebToken(await TokenAsync(sandbox, ("staff", "teller-1")));

        Assert.InRange(token.IssuedAt, new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc), new DateTime(2031, 5, 6, 7, 9, 9, DateTimeKind.Utc));
    }

    [Fact]
    public async Task With_a_key_file_tokens_survive_a_restart_and_without_one_they_do_not()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys", "issuer.pem");

        Assert.True(await SurvivesAsync(("Issuer:KeyFile", file)));
        Assert.False(await SurvivesAsync());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        static async Task<bool> SurvivesAsync(params (string, string)[] settings)
        {
            string before;
            await using (var first = await SandboxHost.StartAsync(null, settings))
            {
                before = (await first.GetAsync("/issuer/jwks")).Text;
            }

            await using var second = await SandboxHost.StartAsync(null, settings);
            return before == (await second.GetAsync("/issuer/jwks")).Text;
        }
    }

    [Fact]
    public async Task A_key_file_with_something_else_in_it_stops_the_start_and_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "issuer.pem");
        await File.WriteAllTextAsync(file, "not a key");

        var stop = await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxHost.StartAsync(null, ("Issuer:KeyFile", file)));

        Assert.Contains(file, stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_can_be_down_too()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/issuer", """{"errorRate":1}""");

        Assert.True((await sandbox.GetAsync("/issuer/jwks")).Status >= 500);
    }

    private static async Task<string> TokenAsync(SandboxHost sandbox, params (string, string)[] form)
    {
        var answer = await sandbox.FormAsync("/issuer/token", form);
        Assert.Equal(200, answer.Status);
        return $"{answer.Json["access_token"]}";
    }

    /// <summary>As a resource server would: keys from the address that discovery names, signature, issuer and audience checked.</summary>
    private static async Task<JsonWebToken> VerifyAsync(SandboxHost sandbox, string token)
    {
        var discovery = (await sandbox.GetAsync("/issuer/.well-known/openid-configuration")).Json;
        var keys = new JsonWebKeySet((await sandbox.GetAsync($"{discovery["jwks_uri"]}")).Text);
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = $"{discovery["issuer"]}",
            ValidAudience = "bank-api",
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = ["ES256"],
            // The clock is the test's; times are asserted where they matter.
            ValidateLifetime = false,
        };
        var handler = new JsonWebTokenHandler();
        var (header, payload, signature) = token.Split('.') is [var h, var p, var s] ? (h, p, s) : throw new InvalidOperationException("No JWS.");
        var forged = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(payload).Replace("\"sub\":\"", "\"sub\":\"x", StringComparison.Ordinal));
        Assert.False((await handler.ValidateTokenAsync($"{header}.{forged}.{signature}", parameters)).IsValid);

        var result = await handler.ValidateTokenAsync(token, parameters);
        Assert.True(result.IsValid, $"{result.Exception}");
        return (JsonWebToken)result.SecurityToken;
    }

    private static string Claims(JsonWebToken token) => string.Join('\n', token.Claims
        .Where(claim => claim.Type is not ("jti" or "iss")).Select(claim => $"{claim.Type} {claim.Value}").Order(StringComparer.Ordinal));
}
