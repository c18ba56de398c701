using Serverless.Banking.PersonalData;

namespace Serverless.Testing;

/// <summary>What the bank says of its tables and persons.</summary>
public static class HeldTables
{
    public static IReadOnlyCollection<string> WithPersonalData { get; } = [.. PersonalHoldings.All.Select(holding => holding.Table).Distinct()];

    public static IReadOnlyCollection<string> InNoExport { get; } = [.. PersonalHoldings.Others.Keys];
}
