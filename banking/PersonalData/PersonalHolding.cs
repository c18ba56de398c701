namespace Serverless.Banking.PersonalData;

/// <summary>What a table holds about persons, and for how long the bank has to or may keep it.</summary>
/// <param name="Section">What it is called in an export.</param>
/// <param name="KeptRow">Begins the keys of rows that outlive the rest of the holding, as <see cref="RetentionGround.AntiMoneyLaundering"/>; null for none.</param>
internal sealed record PersonalHolding(string Table, string Section, PersonalRows Rows, RetentionGround Ground, string? KeptRow = null);

/// <summary>Where in a table the rows of a person are.</summary>
internal enum PersonalRows
{
    /// <summary>In the partition of the customer's number.</summary>
    Customer,

    /// <summary>In <c>customer|</c> and the number.</summary>
    CustomerPrefixed,

    /// <summary>Anywhere, with the number in column Customer: a look through the whole table, which such tables are small enough for.</summary>
    CustomerColumn,

    /// <summary>In the partition of each account.</summary>
    Account,

    /// <summary>In <c>account|</c> and each account.</summary>
    AccountPrefixed,

    /// <summary>In the partition of each transfer that the customer sent or received.</summary>
    Transfer,

    /// <summary>In the partition of each term deposit.</summary>
    Deposit,

    /// <summary>In <c>user|</c> and each user name that the customer has at eKlik.</summary>
    EKlikUser,
}

/// <summary>Why something is kept. Sources: Albania's laws on the protection of personal data, on accounting, and on money laundering.</summary>
public enum RetentionGround
{
    /// <summary>As long as the relationship lasts; erased on request when it has ended.</summary>
    Relationship,

    /// <summary>Books, payments and the orders behind them: ten years.</summary>
    Accounting,

    /// <summary>Identification, contracts, what was agreed and complained about: five years after the end of the relationship.</summary>
    AntiMoneyLaundering,
}
