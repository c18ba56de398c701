using System.Reflection;
using Serverless.Functions.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>Every operation that changes something is raced with itself by some test.</summary>
public sealed class RaceListTests
{
    private static readonly FunctionCatalogue Catalogue = new();

    [Fact]
    public void Every_mutating_operation_has_a_race_test()
    {
        var missing = Mutating().Except(Raced(), StringComparer.Ordinal).ToArray();

        Assert.True(missing.Length == 0, $"Nobody races {string.Join(", ", missing)}: see RaceHarness and [ProvesRace].");
    }

    [Fact]
    public void Every_race_test_names_a_mutating_operation() => Assert.Empty(Raced().Except(Mutating(), StringComparer.Ordinal));

    /// <summary>What takes an idempotency key, what replaces or removes, and the steps of a newcomer's application; another POST is a question, or says so by its name.</summary>
    private static IEnumerable<string> Mutating() => Catalogue.All
        .Where(function => function.IsDocumented
            && (function.IsIdempotent || function.Methods.Any(method => method is "PUT" or "PATCH" or "DELETE")
                || (function.Methods.Contains("POST") && function.Access?.Right is Right.Info or Right.Payment or Right.Staff or Right.Partner && !IsQuestion(function))
                || (function.Methods.Contains("POST") && function.Route.StartsWith("public/v1/onboarding/application", StringComparison.Ordinal) && !IsQuestion(function))))
        .Select(function => function.Name);

    /// <summary>A POST whose body is only a long question: it leaves nothing behind.</summary>
    private static bool IsQuestion(FunctionDeclaration function) =>
        QuestionVerbs.Any(verb => function.Name.Split('_')[1].StartsWith(verb, StringComparison.Ordinal));

    private static readonly string[] QuestionVerbs = ["Check", "Scan", "Quote", "LookUp", "Find", "Verify", "Preview", "List", "Read", "Search"];

    private static HashSet<string> Raced() => typeof(RaceListTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetCustomAttributes<ProvesRaceAttribute>())
        .Select(attribute => attribute.Function)
        .ToHashSet(StringComparer.Ordinal);
}
