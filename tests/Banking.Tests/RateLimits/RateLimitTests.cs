using NodaTime;
using Serverless.Banking.RateLimits;
using Serverless.Testing;

namespace Serverless.Banking.Tests.RateLimits;

public sealed class RateLimitTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly RateLimit Five = new("test", 5, Duration.FromMinutes(10));

    [Fact]
    public async Task The_sixth_try_of_five_is_refused_until_the_time_it_names_also_after_a_restart_and_only_for_that_customer_and_purpose()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddRateLimits());
        for (var i = 0; i < 5; i++)
            Assert.True((await TakeAsync(bank)).IsSuccess);

        await using var restarted = bank.Restarted();
        var refused = Assert.IsType<TooManyRequests>((await TakeAsync(restarted)).Error);
        Assert.InRange(refused.RetryAfterSeconds, 1, 720);
        Assert.True((await bank.Get<Banking.RateLimits.RateLimits>().TakeAsync(CustomerId.Of("100000002"), Five, CancellationToken.None)).IsSuccess);
        Assert.True((await bank.Get<Banking.RateLimits.RateLimits>().TakeAsync(Arta, Five with { Purpose = "other" }, CancellationToken.None)).IsSuccess);

        bank.Clock.Advance(TimeSpan.FromSeconds(refused.RetryAfterSeconds));
        Assert.True((await TakeAsync(bank)).IsSuccess);
        Assert.IsType<TooManyRequests>((await TakeAsync(bank)).Error);
    }

    [Fact]
    public async Task Sixteen_at_once_get_no_more_than_five()
    {
        await using var bank = await TestBank.StartAsync(services => services.AddRateLimits());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TakeAsync(bank)));

        Assert.Equal(5, answers.Count(answer => answer.IsSuccess));
    }

    private static Task<Result<Nothing>> TakeAsync(TestBank bank) => bank.Get<Banking.RateLimits.RateLimits>().TakeAsync(Arta, Five, CancellationToken.None);
}
