namespace Serverless.Banking.Customers;

/// <summary>Which customer has an e-mail address; of several the one who has had it last. For the bank's own checks only (ONB-28).</summary>
public sealed class FindCustomerByEmail
{
    private readonly UniqueNumbers numbers;

    internal FindCustomerByEmail(UniqueNumbers numbers) => this.numbers = numbers;

    /// <returns>Null when the address is no customer's. Two storage calls.</returns>
    public Task<CustomerId?> RunAsync(string email, CancellationToken cancellation) =>
        numbers.FindAsync(CustomerKeys.EmailPartition(email), contact => string.Equals(contact.Email, email, StringComparison.OrdinalIgnoreCase), cancellation);
}
