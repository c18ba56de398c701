namespace Serverless.Scale;

/// <summary>What one operation asks of storage, as make bench measured it: measured.json.</summary>
internal sealed record Profile(string Name, IReadOnlyList<PartitionCalls> Calls)
{
    /// <summary>Storage calls of the operation, its aftermath included.</summary>
    public double Total => Calls.Sum(one => one.Calls);

    /// <summary>Rows that stay. One written whatever was there counts as new, so these are too many rather than too few.</summary>
    public double Kept => Math.Max(0, Calls.Sum(one => one.Kept));

    public static IReadOnlyDictionary<string, Profile> LoadAll() =>
        Data.Read<MeasuredFile>("measured.json").Operations.ToDictionary(one => one.Name, StringComparer.Ordinal);

    private sealed record MeasuredFile(IReadOnlyList<Profile> Operations);
}

/// <param name="On">Method, table and kind of partition: <c>POST BillPayments {customer}</c>.</param>
/// <param name="Rows">Of those calls together.</param>
/// <param name="Kept">Rows more than before.</param>
internal sealed record PartitionCalls(string On, double Calls, double Rows, double Kept)
{
    /// <summary>Table and kind of partition.</summary>
    public string Kind => On[(On.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}

/// <summary>How many partitions of one kind share its load: partitions.json.</summary>
/// <param name="Kind">Table and key, as in measured.json.</param>
/// <param name="Count">Partitions at a time; 1 when all of it goes to one.</param>
/// <param name="IsPerCompany">There are so many for each company, and the busiest has <see cref="Inputs.BusiestCompanyShare"/> of the load.</param>
internal sealed record PartitionKind(string Kind, int Count, bool IsPerCompany = false)
{
    /// <summary>A key with one of these belongs to one customer, account, contract or device: it has as many partitions as there are of them.</summary>
    private static readonly string[] Own = ["{customer}", "{id}", "{iban}", "KT0.A{n}"];

    public static IReadOnlyDictionary<string, PartitionKind> LoadAll() =>
        Data.Read<PartitionKind[]>("partitions.json").ToDictionary(one => one.Kind, StringComparer.Ordinal);

    /// <summary>Its load is spread over customers.</summary>
    public static bool IsOwn(string kind) => Own.Any(part => kind.Contains(part, StringComparison.Ordinal));

    /// <summary>Of the kind's load, the busiest partition's.</summary>
    public double Share(Inputs inputs) => (IsPerCompany ? inputs.BusiestCompanyShare : 1) / Count;
}
