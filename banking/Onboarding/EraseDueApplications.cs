using NodaTime;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Onboarding;

/// <summary>Erases what the bank may not keep any longer: applications that made nobody a customer, 90 days after their end (ONB-27); evidence and contracts of former customers, five years
/// after the relationship ended (ONB-32).</summary>
/// <remarks>Video sessions with their pictures, the sealed contract, the files among the approvals, the application, then the row that found it: killed in between, the next run goes on.</remarks>
public sealed class EraseDueApplications
{
    private readonly OnboardingTable table;
    private readonly OnboardingContracts contracts;
    private readonly EraseIdentification erase;
    private readonly PlaceSigned placed;

    internal EraseDueApplications(OnboardingTable table, OnboardingContracts contracts, EraseIdentification erase, PlaceSigned placed) =>
        (this.table, this.contracts, this.erase, this.placed) = (table, contracts, erase, placed);

    /// <returns>How many applications were erased.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var (row, _, id) in table.DueAsync(now, cancellation))
        {
            // A plan that was written before an end which never came to be leads nowhere.
            var found = await table.FindAsync(id, cancellation);
            if (found is null)
                await table.ForgetAsync(id, cancellation);
            else if (found is { It.IsOver: true } stored)
            {
                foreach (var session in stored.It.VideoSessions)
                    await erase.RunAsync(session, "onboarding_erase", cancellation);
                await contracts.RemoveAsync(stored.It, cancellation);
                if (stored.It.Client is { } client)
                {
                    foreach (var paper in new[] { stored.It.Contract, stored.It.AccountContract }.OfType<ContractPaper>())
                        await placed.RemoveFileAsync(client.Customer, paper.Hash, cancellation);
                }

                await table.EraseAsync(stored, cancellation);
                erased++;
            }

            await table.DropDueAsync(row, cancellation);
        }

        return erased;
    }
}
