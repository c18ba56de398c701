namespace Serverless.Banking.Ledger;

/// <summary>Whether an account can be debited and credited.</summary>
/// <remarks>Source: ACC-24.</remarks>
public enum AccountStatus
{
    /// <summary>Debits and credits.</summary>
    Active,

    /// <summary>Credits only, until the customer reactivates it.</summary>
    Dormant,

    /// <summary>Credits only, by order of staff or court.</summary>
    BlockedDebit,

    /// <summary>Neither.</summary>
    Blocked,

    /// <summary>Neither, for ever.</summary>
    Closed,
}
