using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>One endpoint per HTTP-triggered function, below the route prefix.</summary>
internal sealed class HttpFunctionEndpoints(
    FunctionCatalog catalog, IFunctionInvoker invoker, HostStartup startup, HostKeys keys, IServiceProvider services)
{
    private readonly bool isAspNetCore = services.GetService<AspNetCoreMode>() is not null;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var taken = new Dictionary<(string Shape, string Method), string>();
        foreach (var function in catalog.All.Where(function => function.Trigger is HttpTriggerAttribute))
        {
            var trigger = (HttpTriggerAttribute)function.Trigger;
            if (!isAspNetCore && function.MethodParameters.Any(parameter => parameter.ParameterType == typeof(HttpRequest)))
                throw new FunctionMisconfiguredException(function.Name, "HttpRequest needs ConfigureFunctionsWebApplication() in Program.cs.");

            var pattern = Pattern(function, trigger);
            var methods = (trigger.Methods ?? []).Select(method => method.ToUpperInvariant()).Distinct().ToArray();
            Claim(taken, function, pattern, methods);
            if (catalog.IsDisabled(function))
                continue;

            var route = RouteOf(function);
            RequestDelegate serve = http => ServeAsync(function, trigger.AuthLevel, route, http);
            var endpoint = methods.Length == 0 ? endpoints.Map(pattern, serve) : endpoints.Map(pattern, serve).WithMetadata(new HttpMethodMetadata(methods));
            endpoint.WithDisplayName(function.Name);
        }
    }

    /// <summary>The full route, as <c>GET /admin/functions</c> shows it.</summary>
    public string RouteOf(HostedFunction function) =>
        $"{startup.HostJson.RoutePrefix}/{(((HttpTriggerAttribute)function.Trigger).Route ?? function.Name).TrimStart('/')}".TrimStart('/');

    private RoutePattern Pattern(HostedFunction function, HttpTriggerAttribute trigger)
    {
        try
        {
            var pattern = RoutePatternFactory.Parse(RouteOf(function));
            var policies = services.GetRequiredService<ParameterPolicyFactory>();
            foreach (var parameter in pattern.Parameters)
            {
                foreach (var policy in parameter.ParameterPolicies)
                    policies.Create(parameter, policy);
            }

            return pattern;
        }
        catch (Exception e) when (e is RoutePatternException or InvalidOperationException or RouteCreationException)
        {
            throw new FunctionMisconfiguredException(function.Name, $"the route '{trigger.Route}' is not valid: {e.Message}");
        }
    }

    /// <summary>Two routes are the same when they differ only in the names of their parameters.</summary>
    private static void Claim(
        Dictionary<(string Shape, string Method), string> taken, HostedFunction function, RoutePattern pattern, string[] methods)
    {
        var shape = string.Join('/', pattern.PathSegments.Select(Shape)).ToUpperInvariant();
        foreach (var method in methods.Length == 0 ? ["*"] : methods)
        {
            if (!taken.TryAdd((shape, method), function.Name))
            {
                var every = method == "*" ? "every method" : method;
                throw new FunctionMisconfiguredException(
                    function.Name, $"its route '{pattern.RawText}' for {every} is already that of function '{taken[(shape, method)]}'.");
            }
        }
    }

    private static string Shape(RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : string.Empty)}{string.Concat(parameter.ParameterPolicies.Select(policy => ":" + policy.Content))}}}",
        _ => string.Empty,
    }));

    private async Task ServeAsync(HostedFunction function, AuthorizationLevel level, string route, HttpContext http)
    {
        using var span = new RequestSpan(http, route);
        if (!await keys.AllowsAsync(level, function.Name, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var metadata = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in http.Request.RouteValues)
            metadata[name] = value?.ToString();

        var outcome = await invoker.InvokeAsync(
            function,
            new InvocationRequest { Metadata = metadata, Prepare = invocation => invocation.HttpContext = http },
            http.RequestAborted);
        if (outcome.IsSuccess)
            return;

        if (http.Response.HasStarted)
            http.Abort();
        else if (!http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Clear();
            http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
        }
    }
}
