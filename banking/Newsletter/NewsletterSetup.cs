using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Newsletter;

public static class NewsletterSetup
{
    /// <summary>The newsletter. The app binds <see cref="NewsletterOptions"/> and adds notifications, documents, credentials and rate limits.</summary>
    public static IServiceCollection AddNewsletter(this IServiceCollection services)
    {
        services.AddTable(NewsletterTable.Name).AddAudit();
        services.AddCheckedOptions<NewsletterOptions>();
        services.AddSingleton<NewsletterTable>().AddSingleton<NewsletterLinks>();
        services.AddOperation<SubscribeNewsletter>().AddOperation<FollowNewsletterLink>();
        return services.AddOperation<ReleaseNewsletter>().AddOperation<SendNewsletters>();
    }
}
