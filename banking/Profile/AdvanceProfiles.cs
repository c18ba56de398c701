using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.Profile;

/// <summary>Looks at every profile that is due to be looked at; see <see cref="SettleProfile"/>. One that fails is left for the next run.</summary>
public sealed partial class AdvanceProfiles
{
    private readonly ProfileTable table;
    private readonly SettleProfile settle;
    private readonly ILogger<AdvanceProfiles> log;

    internal AdvanceProfiles(ProfileTable table, SettleProfile settle, ILogger<AdvanceProfiles> log) => (this.table, this.settle, this.log) = (table, settle, log);

    public async Task RunAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var (row, customer, about) in table.DueAsync(now, cancellation))
        {
            try
            {
                await settle.RunAsync(customer, about, cancellation);
                await table.DropDueAsync(row, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A profile is left for the next run")]
    private partial void LogLeft(Exception exception);
}
