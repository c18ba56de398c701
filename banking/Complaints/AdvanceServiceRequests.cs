using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.Complaints;

/// <summary>Looks at every request that is due to be looked at; see <see cref="SettleServiceRequest"/>. One that fails is left for the next run.</summary>
public sealed partial class AdvanceServiceRequests
{
    private readonly ServiceRequestTable table;
    private readonly SettleServiceRequest settle;
    private readonly ILogger<AdvanceServiceRequests> log;

    internal AdvanceServiceRequests(ServiceRequestTable table, SettleServiceRequest settle, ILogger<AdvanceServiceRequests> log) =>
        (this.table, this.settle, this.log) = (table, settle, log);

    public async Task RunAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var row in table.DueAsync(now, cancellation))
        {
            var (customer, number) = ServiceRequestKeys.Of(row);
            try
            {
                await settle.RunAsync(customer, number, cancellation);
                await table.DropDueAsync(row, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(number, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service request {Number} is left for the next run")]
    private partial void LogLeft(string number, Exception exception);
}
