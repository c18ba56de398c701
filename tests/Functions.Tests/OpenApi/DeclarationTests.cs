using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Serverless.Functions.Http;
using Serverless.Functions.OpenApi;

namespace Serverless.Functions.Tests.OpenApi;

/// <summary>Every function with an HTTP trigger says who may call it, what it takes, answers and refuses.</summary>
public sealed class DeclarationTests
{
    private static readonly FunctionCatalogue Catalogue = new();

    private static IEnumerable<FunctionDeclaration> Documented => Catalogue.All.Where(d => d.IsDocumented);

    [Fact]
    public void There_are_functions_to_look_at() => Assert.True(Catalogue.All.Count > 3, $"{Catalogue.All.Count}");

    [Fact]
    public void Every_function_says_who_may_call_it() => NoFunction(d => d.Access is null);

    [Fact]
    public void Only_functions_for_staff_ask_for_roles() =>
        NoFunction(d => d.Access is { Right: not Right.Staff, Roles.Length: > 0 });

    [Fact]
    public void Rights_follow_from_the_address()
    {
        var wrong = Catalogue.All.Where(d => d.IsDocumented && !(d.Route.Split('/') switch
        {
            ["v1", ..] => d.Access?.Right is Right.Info or Right.Payment,
            ["backoffice", ..] => d.Access?.Right is Right.Staff,
            ["webhooks", ..] => d.Access?.Right is Right.Partner,
            _ => d.Access?.Right is Right.Public,
        }));

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_right_to_look_changes_nothing() => NoDocumentedFunction(d =>
        d.Access?.Right is Right.Info && d.Methods.Any(m => m is "PUT" or "PATCH" or "DELETE") && !OnlyTheReadersOwn.Contains(d.Name));

    /// <summary>What somebody has read is his own, whatever else he may do.</summary>
    private static readonly string[] OnlyTheReadersOwn = ["Notifications_MarkRead", "Notifications_MarkAllRead"];

    /// <summary>Nobody can try credentials from one address for long, wherever they are tried.</summary>
    [Fact]
    public void What_everybody_may_send_is_counted_by_address_or_says_why_not()
    {
        NoFunction(d => d.Access is { Right: Right.Public } && d.Methods.Any(m => m != "GET") && d.AddressLimit is null == d.NoAddressLimit is null);
        NoFunction(d => d.Access is not { Right: Right.Public } && (d.AddressLimit ?? (object?)d.NoAddressLimit) is not null);
        NoFunction(d => d.NoAddressLimit is not (null or [>= 'A' and <= 'Z', .., '.']));
    }

    [Fact]
    public void The_host_asks_for_no_keys_because_the_bank_asks_for_tokens() =>
        NoFunction(d => d.Level != AuthorizationLevel.Anonymous);

    [Fact]
    public void Every_function_has_one_method_and_a_name_of_its_capability() => NoDocumentedFunction(d =>
        d.Methods.Count != 1 || d.Name.Split('_') is not [[>= 'A' and <= 'Z', ..], [>= 'A' and <= 'Z', ..]]);

    [Fact]
    public void Every_function_says_what_it_does_and_answers() => NoDocumentedFunction(d => d.Summary is null || d.Answers.Count == 0);

    [Fact]
    public void A_summary_is_a_sentence() => NoDocumentedFunction(d => d.Summary?.Text is not [>= 'A' and <= 'Z', .., '.']);

    [Fact]
    public void Ids_in_addresses_are_constrained() => NoDocumentedFunction(d => RouteIds(d.Route).Any());

    [Fact]
    public void Refusals_are_not_declared_twice() => NoDocumentedFunction(d =>
        d.AllRefusals().GroupBy(t => t).Any(g => g.Count() > 1));

    [Fact]
    public void Faults_of_input_need_no_declaration_of_their_status_and_errors_of_the_bank_are_concrete() =>
        NoDocumentedFunction(d => d.Refusals.Any(t => t.IsAbstract));

    [Fact]
    public void Every_body_and_query_has_a_form() => Assert.All(Documented, d =>
    {
        foreach (var type in new[] { d.Body?.Type, d.Query }.OfType<Type>())
            Walk(Shapes.Of(type), []);
    });

    [Fact]
    public void Every_function_method_is_public_and_is_in_the_catalogue()
    {
        var methods = typeof(FunctionCatalogue).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(FunctionAttribute)) && m.GetParameters().Any(p => p.IsDefined(typeof(HttpTriggerAttribute))))
            .Select(m => m.GetCustomAttribute<FunctionAttribute>()!.Name);

        Assert.Equal(methods.Order(StringComparer.Ordinal), Catalogue.All.Select(d => d.Name).Order(StringComparer.Ordinal));
    }

    private static void NoFunction(Func<FunctionDeclaration, bool> isWrong)
    {
        var wrong = Catalogue.All.Where(isWrong).ToList();
        Assert.Empty(wrong);
    }

    private static void NoDocumentedFunction(Func<FunctionDeclaration, bool> isWrong) => NoFunction(d => d.IsDocumented && isWrong(d));

    private static IEnumerable<string> RouteIds(string route) =>
        RouteTemplates.ParametersOf(route).Where(p => p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) && p.Shape is TextShape { Pattern: null }).Select(p => p.Name);

    /// <summary>Members are looked up late; this looks them all up.</summary>
    private static void Walk(Shape shape, HashSet<Type> seen)
    {
        switch (shape)
        {
            case ObjectShape it when seen.Add(it.Type):
                foreach (var member in it.Members.Value)
                    Walk(member.Shape, seen);
                break;
            case ListShape it:
                Walk(it.Item, seen);
                break;
            case MapShape or AnyShape:
                throw new NotSupportedException("Requests are closed.");
        }
    }
}
