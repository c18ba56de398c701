using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Functions.Http;

/// <summary>Gives addresses and methods that no other function has a problem document too. The host itself would answer without a body.</summary>
/// <remarks>Every other route is more specific, in the host's order and in ASP.NET Core's, so this one is last.</remarks>
public sealed class NotFoundFunction(FunctionCatalogue catalogue)
{
    [Function("Api_NotFound")]
    [Access(Right.Public)]
    [Undocumented("It is there for what is not.")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path)
    {
        string[] allowed = [.. catalogue.All.Where(d => d.Methods.Count > 0 && Matches(d.Route, path)).SelectMany(d => d.Methods).Distinct().Order(StringComparer.Ordinal)];
        return new ProblemResult(allowed.Length > 0 && !allowed.Contains(request.Method) ? new MethodNotAllowed(allowed) : new RouteNotFound());
    }

    /// <summary>Without the constraints of parameters: a malformed id is an unknown one.</summary>
    private static bool Matches(string route, string? path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch($"/{path}", []);
}
