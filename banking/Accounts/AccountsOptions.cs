namespace Serverless.Banking.Accounts;

/// <summary>The bank's own digits in its customers' IBANs.</summary>
public sealed class AccountsOptions
{
    /// <summary>Three digits.</summary>
    public string BankCode { get; set; } = "299";

    /// <summary>Four digits.</summary>
    public string BranchCode { get; set; } = "1101";
}
