using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>What only time makes of an account.</summary>
public static class AccountScenes
{
    /// <summary>As if the account had been opened on an earlier day.</summary>
    public static async Task OpenedOnAsync(this IServiceProvider bank, AccountId account, LocalDate day)
    {
        var opened = day.At(new LocalTime(12, 0)).InUtc().ToInstant();
        var changed = await bank.GetRequiredService<HeadWrites>().ChangeAsync(account, head => head with { OpenedAt = opened }, CancellationToken.None);
        Xunit.Assert.True(changed.IsSuccess);
    }
}
