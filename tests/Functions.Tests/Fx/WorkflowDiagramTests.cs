using System.Text.RegularExpressions;
using Serverless.Banking.Applications;
using Serverless.Banking.Fx;
using Serverless.Banking.Insurance;
using Serverless.Banking.Onboarding;
using Serverless.Banking.PensionFunds;
using Serverless.Testing;
using Serverless.Workflows.CardApplications;
using Serverless.Workflows.InsurancePurchases;
using Serverless.Workflows.Onboarding;
using Serverless.Workflows.OverdraftApplications;
using Serverless.Workflows.PensionFunds;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Tests.Fx;

/// <summary>The drawing in docs/workflows.md and the code say the same.</summary>
public sealed partial class WorkflowDiagramTests
{
    [Fact]
    public void The_diagram_of_the_preferential_rate_has_the_states_and_transitions_of_the_code()
    {
        Compare(RateRequestOrchestrator.Name, RateRequestStates.Next, RateRequestState.Submitted);
        Assert.Equal(Enum.GetValues<RateRequestState>().Order(), RateRequestStates.Next.Keys.Order());
    }

    [Fact]
    public void The_diagram_of_the_onboarding_has_the_states_and_transitions_of_the_code()
    {
        Compare(OnboardingOrchestrator.Name, OnboardingStates.Next, OnboardingState.Started);
        Assert.Equal(Enum.GetValues<OnboardingState>().Order(), OnboardingStates.Next.Keys.Order());
    }

    [Fact]
    public void The_diagrams_of_applications_have_the_states_and_transitions_of_the_code()
    {
        Compare(OverdraftApplicationOrchestrator.Name, ApplicationStates.Overdraft, ApplicationState.Draft);
        Compare(CardApplicationOrchestrator.Name, ApplicationStates.Card, ApplicationState.Draft);
        Assert.Equal(Enum.GetValues<ApplicationState>().Order(), ApplicationStates.Overdraft.Keys.Union(ApplicationStates.Card.Keys).Order());
    }

    [Fact]
    public void The_diagram_of_a_policys_purchase_has_the_states_and_transitions_of_the_code()
    {
        Compare(InsurancePurchaseOrchestrator.Name, PurchaseStates.Next, PurchaseState.Ordered);
        Assert.Equal(Enum.GetValues<PurchaseState>().Order(), PurchaseStates.Next.Keys.Order());
    }

    [Fact]
    public void The_diagram_of_the_pension_fund_has_the_states_and_transitions_of_the_code()
    {
        Compare(PensionFundOrchestrator.Name, FundStates.Next, FundState.Draft);
        Assert.Equal(Enum.GetValues<FundState>().Order(), FundStates.Next.Keys.Order());
    }

    private static void Compare<TState>(string workflow, IReadOnlyDictionary<TState, IReadOnlyList<TState>> next, TState first)
        where TState : notnull
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "workflows.md"));
        var section = page[page.IndexOf($"## {workflow}\n", StringComparison.Ordinal)..];
        var drawn = Arrow.Matches(section[..section.IndexOf("```\n", section.IndexOf("```mermaid", StringComparison.Ordinal) + 3, StringComparison.Ordinal)])
            .Select(arrow => $"{arrow.Groups[1].Value} --> {arrow.Groups[2].Value}").Order(StringComparer.Ordinal);

        var coded = next.SelectMany(from => from.Value.Select(to => $"{from.Key} --> {to}"))
            .Concat(next.Where(state => state.Value.Count == 0).Select(state => $"{state.Key} --> [*]"))
            .Append($"[*] --> {first}").Order(StringComparer.Ordinal);

        Assert.Equal(coded, drawn);
    }

    [GeneratedRegex(@"^\s*(\S+) --> (\[\*\]|\w+)", RegexOptions.Multiline)]
    private static partial Regex Arrow { get; }
}
