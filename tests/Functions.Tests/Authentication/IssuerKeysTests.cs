using Serverless.Functions.Authentication;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Authentication;

/// <summary>Each test has a host of its own, because each moves its clock or breaks its issuer.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private readonly KitHost kit = new();

    public ValueTask InitializeAsync() => kit.InitializeAsync();

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    [Fact]
    public void The_tests_patience_is_with_the_client_that_asks_for_the_keys() => Assert.Equal(IssuerKeys.ClientName, IssuerPatience.Client);

    [Fact]
    public async Task The_keys_are_fetched_once()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal("200 teller-1", await CallAsync());

        Assert.Equal(1, kit.Issuer.Asked);
    }

    [Fact]
    public async Task A_new_key_is_found_and_strangers_cannot_make_the_bank_ask_for_ever()
    {
        await CallAsync();
        Advance(IssuerKeys.AskAgainAfter);
        kit.Issuer.AddKey("key-2");

        Assert.Equal("200 teller-1", await CallAsync("key-2"));
        Assert.Equal(2, kit.Issuer.Asked);
        for (var i = 0; i < 5; i++)
            Assert.Equal("401 token_invalid", (await kit.GetAsync("kit/branch", kit.Issuer.Forged(kit.Now, $"stranger-{i}"))).ToString());
        Assert.Equal(2, kit.Issuer.Asked);
    }

    [Fact]
    public async Task An_issuer_out_of_reach_is_no_reason_to_sign_in_again()
    {
        kit.Issuer.IsDown = true;

        var answer = await kit.GetAsync("kit/branch", kit.Issuer.Teller(kit.Now));

        Assert.Equal("503 issuer_unavailable", answer.ToString());
        Assert.NotNull(answer.Headers.RetryAfter);

        kit.Issuer.IsDown = false;
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("200 teller-1", await CallAsync());
    }

    [Fact]
    public async Task Known_keys_bridge_an_outage_of_the_issuer_for_a_day()
    {
        await CallAsync();
        kit.Issuer.IsDown = true;

        Advance(TimeSpan.FromHours(23));
        Assert.Equal("200 teller-1", await CallAsync());
        Advance(TimeSpan.FromHours(2));
        Assert.Equal("503 issuer_unavailable", await CallAsync());
    }

    [Fact]
    public async Task Tokens_expire_by_the_clock_of_the_bank()
    {
        var token = kit.Issuer.Teller(kit.Now);
        Assert.Equal(200, (await kit.GetAsync("kit/branch", token)).Status);

        Advance(TimeSpan.FromHours(2));

        Assert.Equal("401 token_expired", (await kit.GetAsync("kit/branch", token)).ToString());
    }

    private async Task<string> CallAsync(string kid = "key-1") => (await kit.GetAsync("kit/branch", kit.Issuer.Teller(kit.Now, kid: kid))).ToString();

    private void Advance(TimeSpan by) => kit.Clock.Advance(by);
}
