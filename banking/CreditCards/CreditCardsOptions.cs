using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.CreditCards;

/// <summary>Section <c>CreditCards</c>.</summary>
public sealed class CreditCardsOptions
{
    /// <summary>Purchases below are not split (CC-29): whole ALL, or as much in another currency.</summary>
    [Range(0, 1_000_000)]
    public int SplitFromAll { get; set; } = 5_000;
}
