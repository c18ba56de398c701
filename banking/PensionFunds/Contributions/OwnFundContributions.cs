using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>Keeps account of what was paid into customers' own funds. What is paid at the confirmation goes to the company with the application.</summary>
internal sealed class OwnFundContributions(FundTable table) : IFundContributions
{
    public bool PassesOn(Transfer contribution) =>
        FundOrigins.FundOf(contribution.Origin) is not null && FundOrigins.KindOf(contribution.Origin!) == FundContributionKind.Opening;

    public Task NoteAsync(Transfer contribution, bool isReturned, CancellationToken cancellation) => FundOrigins.FundOf(contribution.Origin) is { } fund
        ? table.NoteAsync(contribution.Customer, fund, contribution.Id.Value, FundContribution.Paid(contribution, isReturned), cancellation)
        : Task.CompletedTask;
}
