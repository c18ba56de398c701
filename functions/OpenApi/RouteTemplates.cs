using System.Globalization;
using Microsoft.AspNetCore.Routing.Patterns;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

/// <summary>Reads ASP.NET Core route templates for the document.</summary>
internal static class RouteTemplates
{
    /// <summary>As in host.json; the functions are below it.</summary>
    public const string Prefix = "api";

    /// <summary><c>v1/bills/payments/{id:guid}</c> becomes <c>/api/v1/bills/payments/{id}</c>.</summary>
    public static string PathOf(string route) => $"/{Prefix}/" + string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => throw new NotSupportedException(route),
        }))));

    public static IEnumerable<(string Name, Shape Shape)> ParametersOf(string route) =>
        RoutePatternFactory.Parse(route).Parameters.Select(parameter => (parameter.Name, ShapeOf(parameter)));

    private static Shape ShapeOf(RoutePatternParameterPart parameter) => (parameter.ParameterPolicies is [var policy, ..] ? policy.Content : null) switch
    {
        "guid" => new IdShape(),
        "int" => new IntegerShape(int.MinValue, int.MaxValue),
        "long" => new IntegerShape(long.MinValue, long.MaxValue),
        ['r', 'e', 'g', 'e', 'x', '(', '^', .. var pattern, '$', ')'] => new TextShape(1, TextShape.DefaultMax, new PatternAttribute(Unescaped(pattern)), false),
        ['l', 'e', 'n', 'g', 't', 'h', '(', .. var length, ')'] when int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var exact) => new TextShape(exact, exact, null, false),
        _ => new TextShape(1, TextShape.DefaultMax, null, false),
    };

    /// <summary>Braces are doubled in route templates.</summary>
    private static string Unescaped(string pattern) =>
        pattern.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
}
