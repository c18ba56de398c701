using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Applications;

/// <summary>Applications that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenApplications
{
    /// <summary>A draft is written in a moment; what has none after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly ApplicationTable table;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal ListOpenApplications(ApplicationTable table, TimeProvider time, BankMetrics metrics) => (this.table, this.time, this.metrics) = (table, time, metrics);

    /// <summary>A row of the queue whose application was never written is removed.</summary>
    public async Task<IReadOnlyList<ProductApplication>> RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        List<ProductApplication> open = [];
        await foreach (var (row, since, id) in table.OpenAsync(cancellation))
        {
            if (await table.FindAsync(id, cancellation) is { } record)
                open.Add(record.It);
            else if (now - since > Patience)
                await table.CloseAsync(row, cancellation);
        }

        foreach (var product in Enum.GetValues<ApplicationProduct>())
            metrics.Waiting(product == ApplicationProduct.CreditCard ? "CardApplication" : "OverdraftApplication", open.Where(application => application.Product == product).Select(application => application.State));
        return open;
    }
}
