namespace Serverless.Banking.Ledger;

public enum AccountType
{
    /// <summary>For payments; staff may grant it an overdraft.</summary>
    Current,

    /// <summary>Keeps a minimum balance (ACC-14) and is never overdrawn.</summary>
    Savings,

    /// <summary>Where the money of one term deposit is (banking/Deposits). Nobody pays from or to it, and no list of accounts has it.</summary>
    Deposit,
}
