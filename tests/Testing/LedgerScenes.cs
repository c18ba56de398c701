using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>What only a killed process leaves behind, for tests of what comes after.</summary>
public static class LedgerScenes
{
    /// <summary>Records a journal as its poster does before the first leg, and no more.</summary>
    public static Task LeaveOpenAsync(this HttpBank bank, Journal journal) =>
        bank.Host.Services.GetRequiredService<OpenJournals>().AddAsync(journal, isConditional: false, CancellationToken.None);

    /// <summary>How many journals are under way or were left behind.</summary>
    public static async Task<int> CountOpenAsync(this HttpBank bank)
    {
        var count = 0;
        await foreach (var _ in bank.Host.Services.GetRequiredService<OpenJournals>().ListAsync(null, CancellationToken.None))
            count++;
        return count;
    }
}
