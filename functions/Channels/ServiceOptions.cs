using System.ComponentModel.DataAnnotations;

namespace Serverless.Functions.Channels;

/// <summary>Section <c>CustomerService</c>: how a customer reaches people (LIFE-02).</summary>
public sealed class ServiceOptions
{
    [Required, MaxLength(40)]
    public string Phone { get; set; } = "+355 (0) 4 22 66 288";

    [Required, MaxLength(60)]
    public string Hours { get; set; } = "24/7";

    /// <summary>By the four digits that stand for the branch in an IBAN.</summary>
    public IDictionary<string, BranchOptions> Branches { get; } = new Dictionary<string, BranchOptions>(StringComparer.Ordinal);
}

public sealed class BranchOptions
{
    [Required, MaxLength(100)]
    public string Name { get; set; } = "";

    [Required, MaxLength(200)]
    public string Address { get; set; } = "";
}
