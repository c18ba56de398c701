namespace Serverless.Banking.Interbank;

/// <param name="Code">Lower-case words with underscores.</param>
public sealed record PurposeCategory(string Code, IReadOnlyList<string> Purposes);

/// <summary>Why money is sent abroad, and to what kind of customer (TRF-18, TRF-21): what the Bank of Albania's statistics ask for.</summary>
public static class TransferPurposes
{
    public static IReadOnlyList<PurposeCategory> Categories { get; } =
    [
        new("personal", ["family_support", "gift", "savings", "own_account"]),
        new("goods", ["import", "advance_payment", "online_purchase"]),
        new("services", ["transport", "tourism", "consulting", "software", "other_service"]),
        new("education", ["tuition", "living_costs"]),
        new("health", ["treatment", "medicines"]),
        new("property", ["purchase", "rent", "maintenance"]),
        new("finance", ["loan_repayment", "investment", "insurance"]),
        new("public", ["taxes", "fees", "fines"]),
    ];

    public static IReadOnlyList<string> PayeeCategories { get; } = ["individual", "company", "public_institution", "non_profit", "bank"];

    public static PurposeCategory? Find(string category) => Categories.FirstOrDefault(known => known.Code == category);
}
