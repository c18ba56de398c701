using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.SmartPay;

/// <summary>Section <c>SmartPay</c>.</summary>
public sealed class SmartPayOptions
{
    /// <summary>How long a QR request with an amount can be paid (QR-40).</summary>
    [Range(1, 365)]
    public int RequestDays { get; set; } = 30;
}
