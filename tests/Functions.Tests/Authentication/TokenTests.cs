using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Authentication;

public sealed class TokenTests(KitHost kit) : IClassFixture<KitHost>
{
    private const string Refused = "401 token_invalid";

    [Fact]
    public async Task A_good_token_is_taken() => Assert.Equal("200 teller-1", await CallAsync(kit.Issuer.Teller(kit.Now)));

    [Fact]
    public async Task Entra_ID_signs_with_RSA()
    {
        Assert.Equal("200 teller-1", await CallAsync(kit.Issuer.TellerByRsa(kit.Now)));
        Assert.Equal(Refused, await CallAsync(kit.Issuer.TellerByRsa(kit.Now, bits: 1024)));
    }

    [Fact]
    public async Task The_scheme_is_case_insensitive_and_only_Bearer()
    {
        var token = kit.Issuer.Teller(kit.Now);

        Assert.Equal("200 teller-1", (await HeaderAsync($"bearer {token}")).ToString());
        Assert.Equal(Refused, (await HeaderAsync($"Basic {token}")).ToString());
        Assert.Equal(Refused, (await HeaderAsync(token)).ToString());
        Assert.Equal(Refused, (await HeaderAsync("Bearer")).ToString());
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.eyJ9.AA")]
    [InlineData("eyJhbGciOiJFUzI1Ni.eyJ9.AA")]
    [InlineData("%%%.%%%.%%%")]
    public async Task Nonsense_is_refused(string token) => Assert.Equal(Refused, await CallAsync(token));

    [Fact]
    public async Task A_token_of_64_KB_is_refused()
    {
        var answer = await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims["name"] = new string('x', 20_000)));

        Assert.Equal(Refused, answer);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused() => Assert.Equal(Refused, await CallAsync(kit.Issuer.Unsigned(kit.Now)));

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        foreach (var token in kit.Issuer.SignedWithThePublicKey(kit.Now))
            Assert.Equal(Refused, await CallAsync(token));
    }

    [Fact]
    public async Task Another_key_under_a_known_id_is_refused() => Assert.Equal(Refused, await CallAsync(kit.Issuer.Forged(kit.Now, "key-1")));

    [Fact]
    public async Task An_unknown_key_is_refused() => Assert.Equal(Refused, await CallAsync(kit.Issuer.Forged(kit.Now, "key-of-a-stranger")));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_token_altered_in_any_part_is_refused(int part)
    {
        var parts = kit.Issuer.Teller(kit.Now).Split('.');
        var middle = parts[part].Length / 2;
        parts[part] = parts[part][..middle] + (parts[part][middle] == 'A' ? 'B' : 'A') + parts[part][(middle + 1)..];

        Assert.Equal(Refused, await CallAsync(string.Join('.', parts)));
    }

    [Theory]
    [InlineData(29, "200 teller-1")]
    [InlineData(31, "401 token_expired")]
    public async Task An_expired_token_is_refused_after_the_skew(int secondsAgo, string expected) => Assert.Equal(expected, await CallAsync(
        kit.Issuer.Teller(kit.Now, claims => claims["exp"] = kit.Now.AddSeconds(-secondsAgo).ToUnixTimeSeconds() + (expected[0] == '2' ? 1 : 0))));

    [Theory]
    [InlineData(25, "200 teller-1")]
    [InlineData(40, Refused)]
    public async Task A_token_of_the_future_is_refused_before_the_skew(int secondsAhead, string expected) =>
        Assert.Equal(expected, await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims["nbf"] = kit.Now.AddSeconds(secondsAhead).ToUnixTimeSeconds())));

    [Fact]
    public async Task A_token_without_an_end_is_refused() => Assert.NotEqual("200 teller-1", await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims.Remove("exp"))));

    [Theory]
    [InlineData("aud", "another-api")]
    [InlineData("iss", "https://issuer.example")]
    [InlineData("tid", "11111111-7f0e-4c1d-9d0e-6f1f0c9f2b11")]
    [InlineData("preferred_username", "teller 1")]
    [InlineData("preferred_username", "")]
    public async Task A_wrong_claim_is_refused(string claim, string value) =>
        Assert.Equal(Refused, await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims[claim] = value)));

    [Theory]
    [InlineData("aud")]
    [InlineData("iss")]
    [InlineData("tid")]
    [InlineData("preferred_username")]
    public async Task A_missing_claim_is_refused(string claim) => Assert.Equal(Refused, await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims.Remove(claim))));

    [Theory]
    [InlineData("branch")]
    [InlineData("branch ledger")]
    public async Task Roles_that_are_no_list_are_none(string roles) =>
        Assert.StartsWith("403", await CallAsync(kit.Issuer.Teller(kit.Now, claims => claims["roles"] = new Dictionary<string, string> { ["x"] = roles })), StringComparison.Ordinal);

    private async Task<string> CallAsync(string token) => (await HeaderAsync($"Bearer {token}")).ToString();

    private Task<Answer> HeaderAsync(string header) => kit.SendAsync("GET", "kit/branch", change: r => r.Headers.TryAddWithoutValidation("Authorization", header));
}
