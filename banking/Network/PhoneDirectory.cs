using Serverless.Banking.Customers;

namespace Serverless.Banking.Network;

/// <summary>The customers' own index of numbers, as the network sees it.</summary>
internal sealed class PhoneDirectory(FindCustomerByPhone find) : IPhoneDirectory
{
    public Task<CustomerId?> FindAsync(PhoneNumber phone, CancellationToken cancellation) => find.RunAsync(phone, cancellation);
}
