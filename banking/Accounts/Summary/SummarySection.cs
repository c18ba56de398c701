using Serverless.Banking.Customers;

namespace Serverless.Banking.Accounts;

/// <summary>The parts of the summary page, in its order (ACC-02).</summary>
public enum SummarySectionName
{
    Accounts,
    AddAccount,
    CreditCards,
    Deposits,
    AddDeposit,
    PensionFund,
    Loans,
    Wallet,
}

public enum SummaryState
{
    Available,

    /// <summary>Its source does not answer now; the rest of the page is right.</summary>
    Unavailable,

    /// <summary>The bank does not have this.</summary>
    NotOffered,
}

/// <param name="Title">What the customer calls it, or what is offered.</param>
/// <param name="Amount">What it is worth to the customer, negative for what he owes; null for an offer. Counts in the totals.</param>
/// <param name="Link">Where the app finds more: a path below <c>/api/v1/</c>.</param>
public sealed record SummaryItem(string Id, string Title, string? Number, Money? Amount, string Link);

public sealed record SummarySection(SummarySectionName Name, SummaryState State, IReadOnlyList<SummaryItem> Items);

/// <summary>Fills one section of the summary; a capability registers its own.</summary>
public interface ISummarySource
{
    SummarySectionName Section { get; }

    /// <returns>In the order to show. Whatever it throws makes this section unavailable, and only this one.</returns>
    Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation);
}
