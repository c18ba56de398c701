using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Health;

/// <summary>How long each part of the bank may take to show that it is there, and how exact the clock has to be.</summary>
public sealed class HealthOptions
{
    private const string Shortest = "00:00:00.010";
    private const string Longest = "00:01:00";

    /// <summary>For one small read of the tables.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan TablesTimeOut { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For one look at a container of blobs.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan BlobsTimeOut { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For one look into a queue; the first one of an instance opens the connection.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan BusTimeOut { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>For the answer that tells storage's time.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan ClockTimeOut { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For one signature and one seal with each key.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan KeysTimeOut { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far the app's clock may be from storage's. On a machine whose clock is moved by hand, as far as that goes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>So long a result is given to everybody who asks, so that many probes cost what one does.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReuseFor { get; set; } = TimeSpan.FromSeconds(1);
}
