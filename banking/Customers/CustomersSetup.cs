using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Customers;

public static class CustomersSetup
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<FindContactDetails>()
            .AddSingleton<SaveContactDetails>()
            .AddSingleton<FindNotificationSettings>()
            .AddSingleton<SaveNotificationSettings>();
}
