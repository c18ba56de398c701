using FsCheck;
using FsCheck.Fluent;
using Serverless.Banking.MoneyRequests;

namespace Serverless.Banking.Tests.MoneyRequests;

public sealed class EqualSharesTests
{
    [Theory]
    [InlineData(10_000, 2, true, "33.34 | 33.33 33.33")]
    [InlineData(10_000, 2, false, " | 50.00 50.00")]
    [InlineData(10_000, 3, false, " | 33.34 33.33 33.33")]
    [InlineData(5, 3, false, " | 0.02 0.02 0.01")]
    [InlineData(5, 3, true, "0.02 | 0.01 0.01 0.01")]
    [InlineData(3, 3, true, "amount_too_small_to_split")]
    [InlineData(1, 1, false, " | 0.01")]
    public void The_remainder_is_the_requesters_or_the_firsts(long minor, int others, bool includeRequester, string expected)
    {
        var shares = EqualShares.Of(Money.OfMinor(minor, Currency.All), others, includeRequester);

        Assert.Equal(expected, shares.Match(
            it => $"{it.Requester?.ToDecimalString()} | {string.Join(' ', it.Others.Select(share => share.ToDecimalString()))}", error => error.Code));
    }

    [Fact]
    public void Shares_sum_up_exactly_are_positive_and_differ_by_less_than_a_minor_unit_for_each() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).Select(n => (long)n * 4_096).Or(Gen.Choose(1, 500).Select(n => (long)n)).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), ArbMap.Default.ArbFor<bool>(),
        (minor, others, includeRequester) =>
        {
            var total = Money.OfMinor(minor, Currency.Eur);
            var participants = others + (includeRequester ? 1 : 0);
            var shares = EqualShares.Of(total, others, includeRequester);
            if (minor < participants)
                return shares.Error is AmountTooSmallToSplit;
            var (mine, theirs) = (shares.Value!.Requester, shares.Value.Others);
            return shares.Value.Sum == total
                && theirs.Count == others
                && theirs.All(share => share.IsPositive)
                && theirs.Zip(theirs.Skip(1)).All(pair => pair.First.Minor >= pair.Second.Minor)
                && theirs[0].Minor - theirs[^1].Minor <= 1
                && (includeRequester ? mine!.Minor >= theirs[0].Minor && mine.Minor - theirs[0].Minor < participants && theirs[0] == theirs[^1] : mine is null);
        }).QuickCheckThrowOnFailure();
}
