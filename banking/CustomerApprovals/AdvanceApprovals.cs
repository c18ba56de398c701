using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>Looks at every approval that is due to be looked at; see <see cref="SettleApproval"/>. One that fails is left for the next run.</summary>
public sealed partial class AdvanceApprovals
{
    private readonly ApprovalTable table;
    private readonly SettleApproval settle;
    private readonly ILogger<AdvanceApprovals> log;

    internal AdvanceApprovals(ApprovalTable table, SettleApproval settle, ILogger<AdvanceApprovals> log) =>
        (this.table, this.settle, this.log) = (table, settle, log);

    public async Task RunAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var row in table.DueAsync(now, cancellation))
        {
            var (customer, id) = ApprovalKeys.OfDue(row);
            try
            {
                if (await settle.RunAsync(customer, id, cancellation))
                    await table.DropDueAsync(row, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(id, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Approval {Approval} is left for the next run")]
    private partial void LogLeft(ApprovalId approval, Exception exception);
}
