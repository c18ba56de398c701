using System.Text.RegularExpressions;
using Serverless.Banking.Fx;
using Serverless.Testing;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Tests.Fx;

/// <summary>The drawing in docs/workflows.md and the code say the same.</summary>
public sealed partial class WorkflowDiagramTests
{
    [Fact]
    public void The_diagram_of_the_preferential_rate_has_the_states_and_transitions_of_the_code()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "workflows.md"));
        var section = page[page.IndexOf($"## {RateRequestOrchestrator.Name}\n", StringComparison.Ordinal)..];
        var drawn = Arrow.Matches(section[..section.IndexOf("```\n", section.IndexOf("```mermaid", StringComparison.Ordinal) + 3, StringComparison.Ordinal)])
            .Select(arrow => $"{arrow.Groups[1].Value} --> {arrow.Groups[2].Value}").Order(StringComparer.Ordinal);

        var coded = RateRequestStates.Next.SelectMany(from => from.Value.Select(to => $"{from.Key} --> {to}"))
            .Concat(RateRequestStates.Next.Where(state => state.Value.Count == 0).Select(state => $"{state.Key} --> [*]"))
            .Append($"[*] --> {RateRequestState.Submitted}").Order(StringComparer.Ordinal);

        Assert.Equal(coded, drawn);
        Assert.Equal(Enum.GetValues<RateRequestState>().Order(), RateRequestStates.Next.Keys.Order());
    }

    [GeneratedRegex(@"^\s*(\S+) --> (\[\*\]|\w+)", RegexOptions.Multiline)]
    private static partial Regex Arrow { get; }
}
