using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Newsletter;
using Serverless.Functions.Http;

namespace Serverless.Functions.Newsletter;

public static class NewsletterSetup
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<NewsletterOptions>(configuration, "Newsletter").AddNewsletter();
}
