using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Rates;

/// <summary>Daily reference rates and the desk that changes them; docs/partners.md.</summary>
internal static class RatesEndpoints
{
    public static void AddRates(this IServiceCollection services) => services.AddSingleton<RatesFeed>();

    public static void MapRates(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(RatesFeed.Id, "Reference rates", PartyKind.Rates);
        var feed = app.ServiceProvider.GetRequiredService<RatesFeed>();
        var address = app.MapParties("/feeds", PartyKind.Rates);
        address.MapContract(needsKey: false).MapGet("/eurofxref-daily.xml", () => Results.Text(feed.Write(), "text/xml"));
        address.MapGet("/state", () => Answers.Json(200, feed.State));
        address.MapPut("/state", (HttpRequest request) => request.ReadAsync<FeedState, FeedState>(
            (body, _) => body,
            state =>
            {
                feed.State = state;
                return Answers.Json(200, state);
            }));
    }
}
