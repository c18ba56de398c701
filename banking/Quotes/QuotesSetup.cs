using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Confirmations;

namespace Serverless.Banking.Quotes;

public static class QuotesSetup
{
    /// <summary>Idempotent, because every capability with a prepare and a confirm asks for it. The app binds <see cref="QuotesOptions"/>.</summary>
    public static IServiceCollection AddQuotes(this IServiceCollection services)
    {
        services.AddCheckedOptions<QuotesOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SealedQuotes>();
        return services.AddConfirmations();
    }
}
