using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Channels;

internal static class CustomerNumbers
{
    /// <returns>Or <see cref="CustomerNumberMalformed"/>.</returns>
    public static Result<CustomerId> Read(string text) => CustomerId.Find(text) is { } customer ? customer : new CustomerNumberMalformed("customerNumber");
}
