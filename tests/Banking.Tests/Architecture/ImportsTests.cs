namespace Serverless.Banking.Tests.Architecture;

/// <summary>The order of usings, which <c>dotnet format whitespace</c> does not look at.</summary>
public sealed class ImportsTests
{
    [Fact]
    public void Usings_are_in_the_order_in_which_dotnet_format_puts_them()
    {
        var unsorted =
            from file in SourceFiles.All()
            let usings = UsingsOf(file).ToArray()
            where !usings.Order(Comparer<string>.Create(Compare)).SequenceEqual(usings)
            select SourceFiles.Named(file);

        Assert.Empty(unsorted.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("System.Text", "Azure", -1)]
    [InlineData("Serverless.Banking", "Serverless.Banking.Fx", -1)]
    [InlineData("Serverless.Banking.CardServer", "Serverless.Banking.Cards", 1)]
    [InlineData("static System.Math", "Xunit", 1)]
    [InlineData("Text = System.String", "static System.Math", 1)]
    [InlineData("Microsoft.Azure", "NodaTime", -1)]
    public void System_comes_first_then_names_part_by_part_then_static_ones_and_aliases(string one, string other, int expected) =>
        Assert.Equal(expected, Math.Sign(Compare(one, other)));

    /// <summary>The ones at the top of the file, as far as they stand together.</summary>
    private static IEnumerable<string> UsingsOf(string file) => File.ReadLines(file)
        .SkipWhile(line => line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith('\uFEFF'))
        .TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';'))
        .Select(line => line["using ".Length..^1]);

    private static int Compare(string one, string other)
    {
        var kinds = Kind(one).CompareTo(Kind(other));
        if (kinds != 0)
            return kinds;
        var (left, right) = (one.Split('.'), other.Split('.'));
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (string.Compare(left[i], right[i], StringComparison.OrdinalIgnoreCase) is not 0 and var part)
                return part;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Kind(string name) => name.Contains('=', StringComparison.Ordinal) ? 3
        : name.StartsWith("static ", StringComparison.Ordinal) ? 2
        : name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1;
}
