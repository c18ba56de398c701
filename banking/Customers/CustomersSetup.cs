using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Customers;

public static class CustomersSetup
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddTable(CustomerKeys.Table)
            .AddSingleton<FindContactDetails>()
            .AddSingleton<UniqueNumbers>()
            .AddOperation<SaveContactDetails>()
            .AddOperation<FindCustomerByPhone>()
            .AddOperation<FindCustomerByPersonalNumber>()
            .AddOperation<FindCustomerByEmail>()
            .AddSingleton<RegisterCustomer>()
            .AddSingleton<ForgetPushToken>();
}
