using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Channels;

/// <summary>Section <c>Channels</c>.</summary>
public sealed class ChannelsOptions
{
    /// <summary>A reactivated channel that nobody has verified for more days than this is blocked again (LIFE-14).</summary>
    [Range(1, 365)]
    public int VerificationDays { get; set; } = 30;
}
