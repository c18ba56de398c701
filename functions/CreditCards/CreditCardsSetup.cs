using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.CreditCards;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public static class CreditCardsSetup
{
    public static IServiceCollection AddCreditCards(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<CreditCardsOptions>(configuration, "CreditCards").AddCreditCards();
}
