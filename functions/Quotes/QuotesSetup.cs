using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Quotes;
using Serverless.Banking.RateLimits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Quotes;

public static class QuotesSetup
{
    /// <summary>What every capability with a prepare and a confirm shares: sealed quotes, and how often customers may ask.</summary>
    public static IServiceCollection AddQuotes(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<QuotesOptions>(configuration, "Quotes").AddQuotes().AddRateLimits();
}
