using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Template;
using Serverless.Functions.Http;
using Serverless.Functions.Tests.Infrastructure;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

/// <summary>docs/operations.md has a runbook for each alert that infra/ declares, a test has rehearsed each, and what it says to type exists.</summary>
public sealed partial class OperationsPageTests
{
    /// <summary>Nobody provokes a bill.</summary>
    private const string Unrehearsed = "budget";

    private static readonly string[] Parts = ["Means", "Hurts", "Look", "Do", "Over"];

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));

    private static IReadOnlyDictionary<string, string> Runbooks { get; } =
        Heading().Split(Page)[1..].Chunk(2).ToDictionary(it => it[0], it => it[1], StringComparer.Ordinal);

    [Fact]
    public async Task Every_alert_has_its_runbook_and_every_runbook_its_alert()
    {
        var files = await BicepFile.AllAsync();
        var listed = files.Single(file => file.Path == "bank/alerts.bicep").Vars.Concat(files.Single(file => file.Path == "modules/alerts.bicep").Vars)
            .Where(it => it.Name is "loggedAlerts" or "queriedAlerts").SelectMany(it => it.Value.AsArray()).Select(alert => (string)alert!["name"]!);
        var others = files.SelectMany(file => file.Resources).Select(it => it.Type.Split('@')[0] switch
        {
            "Microsoft.Insights/metricAlerts" => (string?)it.Properties["name"],
            "Microsoft.Consumption/budgets" => "budget",
            _ => null,
        }).OfType<string>();

        Assert.Equal(listed.Concat(others).Order(StringComparer.Ordinal), Runbooks.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_runbook_says_the_same_five_things() =>
        Assert.All(Runbooks, runbook => Assert.Equal(Parts, Part().Matches(runbook.Value).Select(match => match.Groups[1].Value)));

    [Fact]
    public void Every_runbook_names_the_test_that_has_rehearsed_it()
    {
        var rehearsed = typeof(OperationsPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .SelectMany(method => method.GetCustomAttributes<RehearsesAttribute>().Select(it => $"{it.Alert}: {method.DeclaringType!.Name}.{method.Name}"));
        var named = Runbooks.Where(it => it.Key != Unrehearsed).SelectMany(it => Rehearsal().Matches(it.Value).Select(match => $"{it.Key}: {match.Groups[1].Value}").DefaultIfEmpty($"{it.Key}: nobody"));

        Assert.Equal(rehearsed.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_to_be_typed_is_there()
    {
        var catalogue = new FunctionCatalogue();
        var typed = Call().Matches(Page).Select(match => (Method: match.Groups[1].Value is { Length: > 0 } method ? method : "GET", Path: match.Groups[2].Value)).ToArray();

        Assert.True(typed.Length > 10, $"{typed.Length} calls");
        Assert.All(typed, call => Assert.Contains(catalogue.All, d => d.Name != "Api_NotFound" && d.Methods.Contains(call.Method) && Matches(d.Route, call.Path)));
        var timers = BankNeeds.Triggers<Microsoft.Azure.Functions.Worker.TimerTriggerAttribute>().Count();
        Assert.True(timers > 20);
        Assert.All(Timer().Matches(Page).Select(match => match.Groups[1].Value), name => Assert.Contains(name, Functions));
    }

    [Fact]
    public async Task What_is_to_be_looked_for_in_the_log_is_what_the_alert_waits_for()
    {
        var alerts = (await BicepFile.AllAsync()).Single(file => file.Path == "bank/alerts.bicep").Vars.Single(it => it.Name == "loggedAlerts").Value.AsArray();

        Assert.All(alerts, alert => Assert.All(
            alert!["phrases"]!.AsArray().Select(phrase => (string)phrase!), phrase => Assert.Contains(phrase, Runbooks[(string)alert["name"]!], StringComparison.Ordinal)));
    }

    private static readonly HashSet<string> Functions =
    [
        .. BankNeeds.Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<Microsoft.Azure.Functions.Worker.FunctionAttribute>()?.Name).OfType<string>(),
    ];

    private static bool Matches(string route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch($"/{path.Replace('<', '_').Replace('>', '_')}", []);

    [GeneratedRegex(@"^## ([a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\*\*([A-Z][a-z]+)\.\*\*", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"Rehearsed by `([A-Za-z0-9_.]+)`")]
    private static partial Regex Rehearsal();

    [GeneratedRegex("""bank (?:-X ([A-Z]+) )?(?:-d \S+ )?"\$BANK/api/([^" ?]+)""")]
    private static partial Regex Call();

    [GeneratedRegex(@"timer `([A-Za-z]+_[A-Za-z]+)`")]
    private static partial Regex Timer();
}
