using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Tests;

public sealed class IssuerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_customers_token_verifies_with_the_published_keys_and_says_who_it_is()
    {
        await using var sandbox = await SandboxHost.StartAsync(new ManualTime(Noon));

        var answer = await sandbox.FormAsync("/issuer/token", ("customer", "100000001"));

        Assert.Equal((200, "Bearer", 3600), (answer.Status, $"{answer.Json["token_type"]}", (int)answer.Json["expires_in"]!));
        var token = await VerifyAsync(sandbox, $"{answer.Json["access_token"]}");
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(
            """
            aud bank-api
            channel mobile
            device_trusted false
            email test.test@example.com
            exp 1767272400
            iat 1767268800
            kind customer
            locale sq
            name Test Test
            nbf 1767268800
            phone +355691000001
            rights info
            rights payment
            sub 100000001
            """,
            Claims(token));
        Assert.Empty(token.GetPayloadValue<string[]>("roles"));
    }

    [Fact]
    public async Task Rights_can_be_information_only_and_the_lifetime_chosen()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.FormAsync("/issuer/token", ("customer", "100000003"), ("rights", "info"), ("lifetime", "60"));

        var token = await VerifyAsync(sandbox, $"{answer.Json["access_token"]}");
        Assert.Equal(["info"], token.GetPayloadValue<string[]>("rights"));
        Assert.Equal("en", token.GetPayloadValue<string>("locale"));
        Assert.Equal(TimeSpan.FromSeconds(60), token.ValidTo - token.ValidFrom);
    }

    [Fact]
    public async Task Any_nine_digits_are_a_customer_with_a_generic_profile()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var token = await VerifyAsync(sandbox, await TokenAsync(sandbox, ("customer", "555666777")));

        Assert.Equal(
            ("555666777", "Customer 555666777", "customer.555666777@example.com", "+355695666777", "sq"),
            (token.Subject, token.GetPayloadValue<string>("name"), token.GetPayloadValue<string>("email"), token.GetPayloadValue<string>("phone"), token.GetPayloadValue<string>("locale")));
    }

    [Fact]
    public async Task A_customer_may_call_from_a_trusted_device_and_by_the_web()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var trusted = await VerifyAsync(sandbox, await TokenAsync(sandbox, ("customer", "100000001"), ("trustedDevice", "true")));
        var web = await VerifyAsync(sandbox, await TokenAsync(sandbox, ("customer", "100000001"), ("channel", "web")));

        Assert.Equal((true, "mobile"), (trusted.GetPayloadValue<bool>("device_trusted"), trusted.GetPayloadValue<string>("channel")));
        Assert.Equal((false, "web"), (web.GetPayloadValue<bool>("device_trusted"), web.GetPayloadValue<string>("channel")));
    }

    [Theory]
    [InlineData("teller-1", null, "branch")]
    [InlineData("teller-1", "branch back-office", "branch,back-office")]
    [InlineData("newcomer", "audit,branch", "audit,branch")]
    public async Task Staff_have_roles_and_no_customer_rights(string staff, string? roles, string expected)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var token = await VerifyAsync(sandbox, await TokenAsync(sandbox, roles is null ? [("staff", staff)] : [("staff", staff), ("roles", roles)]));

        Assert.Equal((staff, "staff", expected), (token.Subject, token.GetPayloadValue<string>("kind"), string.Join(',', token.GetPayloadValue<string[]>("roles"))));
        Assert.Empty(token.GetPayloadValue<string[]>("rights"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("customer=10000001")]
    [InlineData("customer=100000001&trustedDevice=yes")]
    [InlineData("customer=100000001&channel=fax")]
    [InlineData("staff=teller-1&trustedDevice=true")]
    [InlineData("customer=1000000011")]
    [InlineData("customer=10000000a")]
    [InlineData("customer=100000001&customer=100000002")]
    [InlineData("customer=100000001&staff=teller-1")]
    [InlineData("customer=100000001&rights=all")]
    [InlineData("customer=100000001&roles=branch")]
    [InlineData("customer=100000001&lifetime=0")]
    [InlineData("customer=100000001&lifetime=-5")]
    [InlineData("customer=100000001&lifetime=soon")]
    [InlineData("customer=100000001&lifetime=99999999999")]
    [InlineData("customer=100000001&admin=true")]
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

        Assert.Equal("https://login.example.com/issuer", new JsonWebToken(await TokenAsync(sandbox, ("customer", "100000001"))).Issuer);
        Assert.Equal("https://login.example.com/issuer", $"{(await sandbox.GetAsync("/issuer/.well-known/openid-configuration")).Json["issuer"]}");
    }

    [Fact]
    public async Task Tokens_follow_the_sandboxs_clock()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/clock", """{"now":"2031-05-06T07:08:09Z"}""");

        var token = new JsonWebToken(await TokenAsync(sandbox, ("customer", "100000001")));

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

    [Fact]
    public async Task The_demo_customers_are_listed()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = (await sandbox.GetAsync("/issuer/customers")).Json["customers"]![0]!.AsObject();

        Assert.Equal(
            ["number 100000001", "name Test Test", "email test.test@example.com", "phone +355691000001", "locale sq"],
            first.Select(member => $"{member.Key} {member.Value}"));
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
        var forged = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(payload).Replace("\"kind\":\"", "\"kind\":\"x", StringComparison.Ordinal));
        Assert.False((await handler.ValidateTokenAsync($"{header}.{forged}.{signature}", parameters)).IsValid);

        var result = await handler.ValidateTokenAsync(token, parameters);
        Assert.True(result.IsValid, $"{result.Exception}");
        return (JsonWebToken)result.SecurityToken;
    }

    private static string Claims(JsonWebToken token) => string.Join('\n', token.Claims
        .Where(claim => claim.Type is not ("jti" or "iss")).Select(claim => $"{claim.Type} {claim.Value}").Order(StringComparer.Ordinal));
}
