using System.ComponentModel.DataAnnotations;

namespace Serverless.Functions.Telemetry;

/// <summary>What the bank's own figures need.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Price of 10,000 calls of table storage, for the estimated cost of an operation; take it from the price list of the account's region and redundancy. 0: no cost is told.</summary>
    [Range(0, 1000)]
    public double TablesPricePer10000Calls { get; set; } = 0.00036;

    /// <summary>The same for blobs, as for writes, which cost most.</summary>
    [Range(0, 1000)]
    public double BlobsPricePer10000Calls { get; set; } = 0.05;
}
