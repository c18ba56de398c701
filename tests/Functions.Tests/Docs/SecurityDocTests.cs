using System.Text.RegularExpressions;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Docs;

/// <summary>docs/security.md says of every requirement what proves it, and nothing that is not so.</summary>
public sealed partial class SecurityDocTests
{
    private static readonly string[] Reasons = ["Client.", "Operations: ", "Differs: ", "Open: "];

    /// <summary>How many requirements each section of the chapters has. Source: OWASP ASVS 5.0.0.</summary>
    private static readonly (string Section, int Requirements)[] Sections =
    [
        ("6.1", 3), ("6.2", 12), ("6.3", 8), ("6.4", 6), ("6.5", 8), ("6.6", 4), ("6.7", 2), ("6.8", 4),
        ("7.1", 3), ("7.2", 4), ("7.3", 2), ("7.4", 5), ("7.5", 3), ("7.6", 2),
        ("8.1", 4), ("8.2", 4), ("8.3", 3), ("8.4", 2),
        ("9.1", 3), ("9.2", 4),
    ];

    private static IEnumerable<string[]> Rows => File.ReadLines(Path.Combine(Repository.Root, "docs/security.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 5 && Requirement.IsMatch(cells[1]));

    [Fact]
    public void Every_requirement_has_one_row() => Assert.Equal(
        [.. Enumerable.Range(1, 10).Select(risk => $"API{risk}"), .. Sections.SelectMany(it => Enumerable.Range(1, it.Requirements).Select(number => $"{it.Section}.{number}"))],
        Rows.Select(cells => Requirement.Match(cells[1]).Value));

    [Fact]
    public void Every_row_names_a_test_that_exists_or_says_why_there_is_none()
    {
        var tests = Tests();

        var wrong = Rows.SelectMany(cells => Names.Matches(cells[3]).Select(name => name.Groups[1].Value) is var names && names.Any()
            ? names.Where(name => !tests.Contains(name)).Select(name => $"{cells[1]}: there is no {name}")
            : Reasons.Any(reason => cells[3].StartsWith(reason, StringComparison.Ordinal)) ? [] : [$"{cells[1]}: neither test nor reason"]);

        Assert.Empty(wrong);
    }

    /// <summary>Class.Method of every test in the repository, and Class of every class of tests.</summary>
    private static HashSet<string> Tests() =>
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
           let name = Path.GetFileNameWithoutExtension(file)
           from test in Method.Matches(File.ReadAllText(file)).Select(method => $"{name}.{method.Groups[1].Value}").Append(name)
           select test,
    ];

    [GeneratedRegex(@"^(API\d+|[6-9]\.\d+\.\d+)(?= )")]
    private static partial Regex Requirement { get; }

    [GeneratedRegex(@"`(\w+Tests(?:\.\w+)?)`")]
    private static partial Regex Names { get; }

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:static )?(?:async )?(?:Task|void|ValueTask) (\w+)\(")]
    private static partial Regex Method { get; }
}
