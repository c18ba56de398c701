using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.Deposits;

internal static class DepositReminders
{
    /// <summary>Null for a term so short that its reminder would come before it.</summary>
    public static LocalDate? DayOf(DepositTerm term, DepositsOptions rules) =>
        term.Matures.PlusDays(-rules.RemindDaysBefore) is var day && day > term.From ? day : null;
}

/// <summary>Reminds of deposits that mature in some days (LDP-32). Whoever has switched such notices off is not told (PROF-20).</summary>
/// <remarks>Costs in proportion to what is due. Running twice or late is harmless: a maturity is told once, and none that is past.</remarks>
public sealed partial class RemindDeposits
{
    private readonly DepositTable table;
    private readonly DepositNotices notices;
    private readonly ILogger<RemindDeposits> log;

    internal RemindDeposits(DepositTable table, DepositNotices notices, ILogger<RemindDeposits> log) => (this.table, this.notices, this.log) = (table, notices, log);

    public async Task RunAsync(LocalDate today, CancellationToken cancellation)
    {
        await foreach (var pointer in table.DueAsync(DepositTable.Reminding, today, cancellation))
        {
            try
            {
                if (await table.FindAsync(pointer.Customer, pointer.Deposit, cancellation) is { It: { State: DepositState.Active } it } && it.Term.Matures > today)
                    await notices.RemindAsync(it, cancellation);
                await table.DropAsync(DepositTable.Reminding, pointer, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(pointer.Deposit, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminder of deposit {Deposit} is left for the next run")]
    private partial void LogLeft(DepositId deposit, Exception exception);
}
