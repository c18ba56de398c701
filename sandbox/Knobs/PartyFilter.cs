using System.Security.Cryptography;
using System.Text;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Knobs;

/// <summary>Stands before the calls of a party's contract: first its mood, then its key.</summary>
internal sealed class PartyFilter(TimeProvider machine, IConfiguration settings, IHostApplicationLifetime lifetime, bool needsKey) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var party = http.Party();
        var mood = party.Draw();
        http.Features.Set(mood);
        if (!await WaitAsync(mood.Latency, http))
        {
            return Results.Empty;
        }

        if (mood.ErrorStatus is { } status)
        {
            return Answers.Refuse(status, status == 500 ? "internal_error" : "unavailable", "Asked for by errorRate.");
        }

        if (mood.NeverAnswers)
        {
            await WaitAsync(Timeout.InfiniteTimeSpan, http);
            return Results.Empty;
        }

        if (needsKey && !HasKey(http.Request, party))
        {
            return Answers.Refuse(StatusCodes.Status401Unauthorized, "unauthorized", "Send the partner key as Authorization: Bearer.");
        }

        var answer = await next(context);
        return mood.LosesAnswer && HttpMethods.IsPost(http.Request.Method) ? Break(http) : answer;
    }

    /// <returns>False when the client has given up, or the sandbox stops; the connection is broken then.</returns>
    private async Task<bool> WaitAsync(TimeSpan time, HttpContext http)
    {
        if (time == TimeSpan.Zero)
        {
            return true;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(time, machine, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (end.IsCancellationRequested)
        {
            Break(http);
            return false;
        }

        return true;
    }

    private static IResult Break(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }

    private bool HasKey(HttpRequest request, Party party)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(header[scheme.Length..]))
        {
            return false;
        }

        return settings[$"Keys:{party.Id}"] is not { } expected
            || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(header[scheme.Length..].Trim()));
    }
}

internal static class PartyFilterExtensions
{
    /// <summary>Marks calls as their party's contract: the knobs act on them, and they need the partner's key.</summary>
    public static RouteGroupBuilder MapContract(this IEndpointRouteBuilder routes, bool needsKey = true)
    {
        var services = routes.ServiceProvider;
        var group = routes.MapGroup("");
        group.AddEndpointFilter(new PartyFilter(
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IConfiguration>(),
            services.GetRequiredService<IHostApplicationLifetime>(),
            needsKey));
        return group;
    }
}
