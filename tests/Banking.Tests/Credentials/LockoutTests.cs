using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Credentials;

public sealed class LockoutTests
{
    private static readonly CredentialsOptions Options = new();
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void However_wrong_tries_are_spread_no_half_hour_sees_six_and_no_day_sixteen() => Prop.ForAll(
        Gen.Choose(0, 900).ListOf().ToArbitrary(),
        pauses =>
        {
            var (lockout, now, looked) = (Lockout.None, Start, new List<Instant>());
            foreach (var seconds in pauses.Concat(pauses))
            {
                now += Duration.FromSeconds(seconds);
                if (lockout.Refuse(now) is not null)
                    continue;
                lockout = lockout.ReservePassword(now, Options);
                looked.Add(now);
            }

            return looked.All(from => looked.Count(at => at >= from && at < from + Duration.FromMinutes(30)) <= 5)
                && looked.All(from => looked.Count(at => at >= from && at < from + Duration.FromDays(1)) <= 15);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_right_try_takes_back_itself_and_what_came_before_and_no_try_that_is_still_under_way() => Prop.ForAll(
        Gen.Choose(0, 3).Zip(Gen.Choose(0, 3)).ToArbitrary(),
        counts =>
        {
            var (before, after) = counts;
            var lockout = Lockout.None;
            for (var i = 0; i < before; i++)
                lockout = lockout.ReservePassword(Start, Options);
            var mine = lockout = lockout.ReservePassword(Start, Options);
            for (var i = 0; i < after && lockout.Refuse(Start) is null; i++)
                lockout = lockout.ReservePassword(Start, Options);
            var locked = lockout.LockedUntil is not null && mine.LockedUntil is null;
            var right = lockout.PasswordRight(mine);
            return locked ? right.LockedUntil is not null : right is { LockedUntil: null } && right.Failures == Math.Max(0, lockout.Failures - mine.Failures);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Forty_guesses_at_once_on_two_instances_get_five_looks_also_at_nobody()
    {
        await using var bank = await TestBank.StartInMemoryAsync(CredentialsScene.AddTo);
        await using var other = bank.Restarted();
        await bank.AddUserAsync(CredentialsScene.Arta);
        foreach (var who in (CustomerId[])[CredentialsScene.Arta, CustomerId.Of("999999999")])
        {
            var before = bank.Work().Computations + other.Work().Computations;

            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
                (i % 2 == 0 ? bank : other).Get<VerifyPassword>().RunAsync(LoginIdentifier.Of(who), $"Wrong{i}", CancellationToken.None)));

            Assert.Equal(5, bank.Work().Computations + other.Work().Computations - before);
            Assert.Equal("invalid_credentials 4, user_locked 36", Told(answers.Select(answer => answer.Error!)));
        }
    }

    [Fact]
    public async Task Known_unregistered_and_unknown_cost_one_hash_and_the_same_storage_calls()
    {
        await using var bank = await TestBank.StartInMemoryAsync(CredentialsScene.AddTo);
        await bank.AddUserAsync(CredentialsScene.Arta);
        await bank.SaveContactAsync(CustomerId.Of("100000002"), "J50131001K");
        await bank.SaveContactAsync(CustomerId.Of("100000003"));
        async Task<(int Hashes, int Calls)> CostAsync(string identifier)
        {
            bank.Storage.Reset();
            var before = bank.Work().Computations;
            var wrong = await bank.Get<VerifyPassword>().RunAsync(LoginIdentifier.Parse(identifier, "").Value!, "Wrong2026x", CancellationToken.None);
            Assert.IsType<InvalidCredentials>(wrong.Error);
            return (bank.Work().Computations - before, bank.Storage.Calls.Count);
        }

        var known = await CostAsync("100000001");
        Assert.Equal(1, known.Hashes);
        Assert.Equal(known, await CostAsync("100000003"));
        Assert.Equal(known, await CostAsync("777777777"));
        var person = await CostAsync("J50131001K");
        Assert.Equal(1, person.Hashes);
        Assert.Equal(person, await CostAsync("J50131002K"));

        async Task<int> FormerAsync(string identifier)
        {
            var before = bank.Work().Computations;
            await bank.Get<CheckFormerPassword>().RunAsync(LoginIdentifier.Parse(identifier, "").Value!, "Wrong2026x", CancellationToken.None);
            return bank.Work().Computations - before;
        }

        Assert.Equal((5, 5, 5), (await FormerAsync("100000001"), await FormerAsync("777777777"), await FormerAsync("J50131003K")));
    }

    [Fact]
    public async Task Counters_survive_a_restart_and_a_hash_of_another_cost_is_renewed_by_the_next_login()
    {
        await using var bank = await TestBank.StartInMemoryAsync(CredentialsScene.AddTo);
        await bank.AddUserAsync(CredentialsScene.Arta);
        for (var i = 0; i < 4; i++)
            await VerifyAsync(bank, "Wrong2026x");

        await using var restarted = bank.Restarted();
        Assert.IsType<UserLocked>((await VerifyAsync(restarted, "Wrong2026x")).Error);
        await using var again = bank.Restarted();
        Assert.IsType<UserLocked>((await VerifyAsync(again, CredentialsScene.Password)).Error);
        bank.Clock.Advance(TimeSpan.FromMinutes(30));
        var row = await bank.Get<UserTable>().FindAsync(CredentialsScene.Arta, CancellationToken.None);
        var costlier = new Microsoft.AspNetCore.Identity.PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(
            new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 900 }));
        await bank.Get<UserTable>().TryWriteAsync(row! with { Password = costlier.HashPassword(new object(), CredentialsScene.Password) }, [], CancellationToken.None);
        Assert.True((await VerifyAsync(again, CredentialsScene.Password)).IsSuccess);
        var renewed = await bank.Get<UserTable>().FindAsync(CredentialsScene.Arta, CancellationToken.None);
        Assert.Equal(PasswordMatch.Yes, (await bank.Get<IPasswordWork>().CompareAsync(renewed!.Password, CredentialsScene.Password, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task More_logins_than_may_wait_are_asked_to_come_again_and_lose_no_try()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services =>
        {
            CredentialsScene.AddTo(services);
            Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<CredentialsOptions>(
                services, options => (options.HashesAtOnce, options.HashesWaiting, options.HashIterations, options.PasswordTries) = (1, 0, 200_000, 50));
        });
        await bank.AddUserAsync(CredentialsScene.Arta);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => VerifyAsync(bank, CredentialsScene.Password)));

        Assert.Contains(answers, answer => answer.IsSuccess);
        Assert.Contains(answers, answer => answer is { IsSuccess: false, Error: LoginBusy });
        Assert.Equal(0, (await bank.Get<LockoutTable>().FindAsync(CredentialKeys.Partition(CredentialsScene.Arta), CancellationToken.None)).Failures);
    }

    private static Task<Result<User>> VerifyAsync(TestBank bank, string password) =>
        bank.Get<VerifyPassword>().RunAsync(LoginIdentifier.Of(CredentialsScene.Arta), password, CancellationToken.None);

    private static string Told(IEnumerable<Error> errors) =>
        string.Join(", ", errors.CountBy(error => error.Code).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
