using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>How many accounts a customer may have, and open in a day (ACC-21).</summary>
internal sealed class OpeningLimits(ListAccounts accounts, OpeningTable openings, TimeProvider time)
{
    public const int AccountsAtMost = 10;
    public const int OpeningsADay = 3;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public LocalDate Today => Now.InZone(BankTime.Tirane).Date;

    /// <returns>Null when one more is allowed; the count may have changed by the time it is written, which its ETag tells.</returns>
    public async Task<Error?> RefusalAsync(CustomerId customer, CancellationToken cancellation) => (await CountAsync(customer, cancellation)).Refusal;

    public async Task<(OpeningCount Count, Error? Refusal)> CountAsync(CustomerId customer, CancellationToken cancellation)
    {
        // The day's count first: whoever is accepted after it was read changes its ETag.
        var count = await openings.CountAsync(customer, Today, cancellation);
        var open = await accounts.CountOpenAsync(customer, Now - Duration.FromDays(1), cancellation);
        return (count, open >= AccountsAtMost ? new TooManyAccounts(AccountsAtMost) : count.Today >= OpeningsADay ? new TooManyOpenings(OpeningsADay) : null);
    }
}
