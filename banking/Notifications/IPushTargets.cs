using Serverless.Banking.Customers;

namespace Serverless.Banking.Notifications;

/// <summary>Where a customer's pushes go: the one installation of the most recent login (NOTE-06). The capability that keeps devices implements it.</summary>
public interface IPushTargets
{
    /// <param name="registered">What the bank's books have, from before the first login; null for none.</param>
    /// <returns>The push gateway's address; null when the installation takes no pushes, or there is none.</returns>
    Task<string?> FindAsync(CustomerId customer, string? registered, CancellationToken cancellation);

    /// <summary>The gateway says that the address is no longer one (NOTE-18). An address that was replaced meanwhile stays.</summary>
    Task ForgetAsync(CustomerId customer, string token, CancellationToken cancellation);
}

/// <summary>What the bank's books have.</summary>
internal sealed class RegisteredPushTargets(ForgetPushToken forget) : IPushTargets
{
    public Task<string?> FindAsync(CustomerId customer, string? registered, CancellationToken cancellation) => Task.FromResult(registered);

    public Task ForgetAsync(CustomerId customer, string token, CancellationToken cancellation) => forget.RunAsync(customer, token, cancellation);
}
