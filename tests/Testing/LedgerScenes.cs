using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>What only a killed process leaves behind, for tests of what comes after.</summary>
public static class LedgerScenes
{
    /// <summary>Records a journal as its poster does before the first leg, and no more.</summary>
    public static Task LeaveOpenAsync(this HttpBank bank, Journal journal) =>
        bank.Host.Services.GetRequiredService<OpenJournals>().AddAsync(journal, isConditional: false, CancellationToken.None);
}
