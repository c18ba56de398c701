namespace Serverless.Emulator.Tests.Conformance;

/// <summary>The comparison itself: each way of being wrong is noticed, and nothing else.</summary>
public sealed class OfficialSurfaceTest
{
    private static readonly OfficialSurface Official = OfficialSurface.Of(
        "T public class Bank.Client : Bank.Base, System.IDisposable",
        "C public Bank.Client(System.String name = null)",
        "M public virtual System.Void Bank.Client.Pay(System.Int32 amount)",
        "T public interface Bank.IRow",
        "P public System.String Bank.IRow.Key { get; set; }",
        "T public sealed class Bank.RouteAttribute : System.Attribute",
        "A Bank.RouteAttribute AttributeUsage(Method; AllowMultiple=false; Inherited=true)");

    [Fact]
    public void A_part_of_the_official_surface_is_no_fault() => Assert.Empty(Faults(
        "T public class Bank.Client : System.IDisposable",
        "M public virtual System.Void Bank.Client.Pay(System.Int32 amount)",
        "M public override System.String Bank.Client.ToString()"));

    [Theory]
    [InlineData("T public sealed class Bank.Client")]
    [InlineData("T public struct Bank.Client")]
    [InlineData("T public class Bank.Client : System.ICloneable")]
    [InlineData("T public class Bank.Other")]
    [InlineData("C public Bank.Client(System.String name)")]
    [InlineData("M public virtual System.Void Bank.Client.Pay(System.Int32 sum)")]
    [InlineData("M public System.Void Bank.Client.Pay(System.Int32 amount)")]
    [InlineData("M public System.Void Bank.Client.Refund()")]
    public void A_line_that_differs_is_named(string line)
    {
        var fault = Assert.Single(Faults(line));
        Assert.Contains(line, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_interface_member_is_named() =>
        Assert.Equal("missing: P public System.String Bank.IRow.Key { get; set; }", Assert.Single(Faults("T public interface Bank.IRow")));

    [Fact]
    public void An_attribute_that_may_stand_anywhere_is_named() =>
        Assert.Equal(
            "missing: A Bank.RouteAttribute AttributeUsage(Method; AllowMultiple=false; Inherited=true)",
            Assert.Single(Faults("T public sealed class Bank.RouteAttribute : System.Attribute")));

    [Fact]
    public void The_dump_writes_a_type_in_the_format_of_the_lists() => Assert.Equal(
        [
            "C public Serverless.Emulator.Tests.Conformance.Sample<TItem>(System.String name = null)",
            "F public const System.Int32 Serverless.Emulator.Tests.Conformance.Sample<TItem>.Limit = 7",
            "M public System.Boolean Serverless.Emulator.Tests.Conformance.Sample<TItem>.TryGet<TKey>(TKey key, out TItem item) where TKey : struct",
            "P public System.Nullable<System.Int32> Serverless.Emulator.Tests.Conformance.Sample<TItem>.Count { get; protected set; }",
            "T public class Serverless.Emulator.Tests.Conformance.Sample<TItem> where TItem : class, new()",
        ],
        ApiDump.Lines([typeof(Sample<>)]));

    private static IReadOnlyList<string> Faults(params IEnumerable<string> standIn) =>
        Official.Faults(new SortedSet<string>(standIn, StringComparer.Ordinal));
}

/// <summary>Something of everything, to be listed.</summary>
public class Sample<TItem>(string? name = null)
    where TItem : class, new()
{
    public const int Limit = 7;

    public int? Count { get; protected set; } = name?.Length;

    public bool TryGet<TKey>(TKey key, out TItem? item)
        where TKey : struct
    {
        item = key.Equals(default(TKey)) ? null : new TItem();
        return item is not null;
    }
}
