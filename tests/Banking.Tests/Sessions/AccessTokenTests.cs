using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;
using Serverless.Banking.Sessions;
using Serverless.Testing;
using static Serverless.Banking.Tests.Sessions.SessionScene;

namespace Serverless.Banking.Tests.Sessions;

public sealed class AccessTokenTests
{
    /// <summary>The change of the signing key as it is rolled out: published first, then signing, then gone; instances are in different steps at the same moment.</summary>
    [Fact]
    public async Task At_a_change_of_keys_every_instance_takes_every_tokens_until_the_old_one_is_taken_away()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var (old, next) = (P256Key.New(), P256Key.New());
        var (before, announced) = (Of(bank, old), Of(bank, old, Public(next)));
        var (changed, after) = (Of(bank, next, Public(old)), Of(bank, next));
        var session = (await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None), await bank.OpenAsync()) is var (_, tokens)
            ? (await bank.Get<FindSession>().RunAsync(Arta, tokens.SessionId, CancellationToken.None))!
            : throw new InvalidOperationException();
        string Sign(AccessTokens by) => by.Write(session, bank.Now).Text;

        foreach (var (signer, readers) in new[]
        {
            (before, new[] { before, announced }), (announced, [before, announced, changed]), (changed, [announced, changed, after]), (after, [changed, after]),
        })
        {
            Assert.All(readers, reader => Assert.Equal(session.Id, reader.Find(Sign(signer))?.Session));
        }

        // An instance that was never told of the next key does not know its tokens; and the old key, once taken away, signs nothing any more.
        Assert.Null(before.Find(Sign(changed)));
        Assert.Null(after.Find(Sign(announced)));
        Assert.Equal([next.Id, old.Id], Keys(next, Public(old)).Public.Select(key => key.Kid));
    }

    /// <summary>Instances' clocks differ: a token from the future is taken while that may be it, and one that has ended is ended to the second.</summary>
    [Fact]
    public async Task A_token_is_good_from_a_minute_before_it_was_issued_until_the_second_it_ends()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var tokens = await bank.OpenAsync();
        var issued = bank.Clock.GetUtcNow();
        string At(int seconds)
        {
            using var elsewhere = new ServiceCollection().AddSingleton<TimeProvider>(new TestClock(issued.AddSeconds(seconds))).BuildServiceProvider();
            var claims = new AccessTokens(bank.Get<SessionKeys>(), bank.Get<IOptions<SessionsOptions>>(), elsewhere.GetRequiredService<TimeProvider>()).Find(tokens.AccessToken);
            return claims is null ? "refused" : claims.IsExpired ? "expired" : "good";
        }

        var life = (int)(tokens.AccessExpiresAt - bank.Now).TotalSeconds;
        Assert.Equal(["refused", "good", "good"], new[] { -62, -59, 0 }.Select(At));
        Assert.Equal(["good", "expired", "expired"], new[] { life - 1, life + 1, life + 86_400 }.Select(At));
    }

    private static SessionKeys Keys(P256Key signing, params string[] others)
    {
        var options = new SessionsOptions { SigningKey = signing.ToPrivateJwk() };
        foreach (var other in others)
            options.OtherKeys.Add(other);
        return new SessionKeys(Options.Create(options));
    }

    private static AccessTokens Of(TestBank bank, P256Key signing, params string[] others) =>
        new(Keys(signing, others), bank.Get<IOptions<SessionsOptions>>(), bank.Clock);

    private static string Public(P256Key key) => System.Text.Json.JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = key.Public.X, y = key.Public.Y });
}
