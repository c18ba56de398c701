using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Network;

/// <summary>Settings section <c>Network</c>.</summary>
public sealed class NetworkOptions
{
    /// <summary>How often a day a customer's calls may find out whether a number belongs to a customer (REQ-19).</summary>
    [Range(1, 10_000)]
    public int ChecksPerDay { get; set; } = 100;

    /// <summary>What the bank knows of a contact's number is looked up again after this time.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RecheckAfter { get; set; } = TimeSpan.FromDays(1);

    [Range(1, 1_000)]
    public int ContactsAtMost { get; set; } = 500;
}
