using System.Globalization;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Clock;

internal static class ClockEndpoints
{
    /// <summary>So that token times and dates stay inside what every client can read.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void AddSandboxClock(this IServiceCollection services)
    {
        services.AddSingleton<SandboxClock>();
        services.AddSingleton<Schedule>();
        services.AddHostedService(provider => provider.GetRequiredService<Schedule>());
    }

    public static void MapClock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/clock", (SandboxClock clock) => Show(clock));
        app.MapPost("/clock", (HttpRequest request, SandboxClock clock) => request.ReadAsync<ClockRequest, DateTimeOffset>(
            (body, faults) => Parse(body, faults, clock.Now),
            now => Move(clock, now)));
    }

    private static DateTimeOffset Parse(ClockRequest body, Faults faults, DateTimeOffset now)
    {
        var wanted = now;
        if (body.Now is null == body.Advance is null)
        {
            faults.Add("", "Give either now or advance.");
        }
        else if (body.Now is not null)
        {
            wanted = faults.Time("/now", body.Now);
        }
        else if (!TimeSpan.TryParseExact(body.Advance, "c", CultureInfo.InvariantCulture, out var advance) || advance < TimeSpan.Zero)
        {
            faults.Add("/advance", "Must be a time span that is not negative, as 1.00:00:00 for a day or 00:05:00 for five minutes.");
        }
        else if (advance > Latest - now)
        {
            faults.Add("/advance", "Leads past the year 2099.");
        }
        else
        {
            wanted = now + advance;
        }

        if (!faults.Any && (wanted < Earliest || wanted >= Latest))
        {
            faults.Add("/now", "Must lie in the years 2000 to 2099.");
        }

        return wanted;
    }

    private static IResult Move(SandboxClock clock, DateTimeOffset now)
    {
        clock.MoveTo(now);
        return Show(clock);
    }

    private static IResult Show(SandboxClock clock) => Answers.Json(StatusCodes.Status200OK, new ClockResponse(clock.Now));

    internal sealed record ClockRequest(string? Now, string? Advance);

    internal sealed record ClockResponse(DateTimeOffset Now);
}
