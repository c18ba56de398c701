using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Functions.Authentication;

namespace Serverless.Functions.Http;

/// <summary>One call of a function over HTTP: what it declares, who calls, and what the headers and the query said. Set by the middleware.</summary>
internal sealed class Call(HttpContext http, FunctionDeclaration declaration)
{
    private static readonly object Key = new();

    public HttpContext Http { get; } = http;

    public FunctionDeclaration Declaration { get; } = declaration;

    /// <summary>Null for functions that need no token.</summary>
    public Caller? Caller { get; set; }

    /// <summary>What is wrong with headers and query. Reported together with the body's faults.</summary>
    public IReadOnlyList<Invalid> Faults { get; set; } = [];

    public IdempotencyKey? IdempotencyKey { get; set; }

    public PageRequest? Page { get; set; }

    public object? Query { get; set; }

    /// <summary>Its confirmation was looked at; see <see cref="ConfirmedAttribute"/>.</summary>
    public bool IsConfirmed { get; set; }

    /// <exception cref="InvalidOperationException">The request did not come through the middleware.</exception>
    public static Call Of(HttpRequest request) => Find(request.HttpContext)
        ?? throw new InvalidOperationException("The access middleware has not seen this request.");

    public static Call? Find(HttpContext http) => http.Items.TryGetValue(Key, out var call) ? call as Call : null;

    public void Attach() => Http.Items[Key] = this;
}
