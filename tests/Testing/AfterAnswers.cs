using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>What the bank does after it has answered: removals, notices, the other side's view.</summary>
internal static class AfterAnswers
{
    /// <summary>Waits until it is done. A bank without some capability has nothing to wait for there.</summary>
    public static async Task DrainAsync(IServiceProvider services)
    {
        if (services.GetService<LaterWork>() is { } later)
            await later.DrainAsync();
        if (services.GetService<OpenJournals>() is { } journals)
            await journals.DrainAsync();
    }
}
