using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Fx;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Confirmations;

public static class ConfirmationsSetup
{
    /// <summary>Idempotent; comes with <see cref="Quotes.QuotesSetup.AddQuotes"/>. The app binds <see cref="ConfirmationsOptions"/>.</summary>
    public static IServiceCollection AddConfirmations(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(CheckConfirmation)))
            return services;
        services.AddCheckedOptions<ConfirmationsOptions>();
        services.AddOptions<ExchangeRatesOptions>();
        services.TryAddSingleton<ExchangeRates>();
        services.AddTable(ConfirmationBooks.Name);
        services.AddSingleton<ConfirmationBooks>().AddSingleton<Exemptions>().AddSingleton<ConfirmableQuotes>();
        return services.AddOperation<CheckConfirmation>();
    }

    /// <summary>Codes by SMS. The app has credentials and notifications.</summary>
    public static IServiceCollection AddConfirmationCodes(this IServiceCollection services) =>
        services.AddConfirmations().AddSingleton<IConfirmationFactor, OneTimeCodeFactor>().AddOperation<SendConfirmationCode>();
}
