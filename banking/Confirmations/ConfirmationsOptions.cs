using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Confirmations;

/// <summary>Section <c>Confirmations</c>. The defaults are the law's most: Regulation (EU) 2018/389, article 16.</summary>
public sealed class ConfirmationsOptions
{
    /// <summary>A payment to anybody up to this goes without a factor; cents of EUR. 0: none does.</summary>
    [Range(0, 3000)]
    public long LowValueCents { get; set; } = 3000;

    /// <summary>Together since the last strong confirmation; cents of EUR.</summary>
    [Range(0, 10000)]
    public long LowValueTotalCents { get; set; } = 10000;

    /// <summary>One after the other since the last strong confirmation.</summary>
    [Range(0, 5)]
    public int LowValueInARow { get; set; } = 5;

    /// <summary>How far the clock of a customer's device may be from the bank's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);
}
