using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>What a customer chooses: where, how often, on which day (ACC-12, ACC-17).</summary>
/// <param name="Day">1 to 31.</param>
public sealed record StatementChoice(string Email, StatementFrequency Frequency, int Day);

/// <summary>An account's periodic statements (ACC-15).</summary>
/// <param name="NextOn">When the next one is sent, for the time up to the day before; null when they were stopped.</param>
/// <param name="CoveredTo">The last day of the statement before; the day before the opening at the beginning.</param>
/// <param name="CoveredSequence">Number of the last entry that was on it.</param>
public sealed record StatementSubscription(
    AccountId Account, CustomerId Owner, StatementChoice Choice, LocalDate OpenedOn, LocalDate? NextOn, LocalDate CoveredTo, long CoveredSequence)
{
    public bool IsEnabled => NextOn is not null;
}
