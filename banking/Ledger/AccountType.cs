namespace Serverless.Banking.Ledger;

public enum AccountType
{
    /// <summary>For payments; staff may grant it an overdraft.</summary>
    Current,

    /// <summary>Keeps a minimum balance (ACC-14) and is never overdrawn.</summary>
    Savings,
}
