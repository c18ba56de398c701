namespace Serverless.Banking.Customers;

/// <summary>Which customer has a phone number. Whoever lets customers ask counts and audits it (TRF-42).</summary>
public sealed class FindCustomerByPhone
{
    private readonly UniqueNumbers numbers;

    internal FindCustomerByPhone(UniqueNumbers numbers) => this.numbers = numbers;

    /// <returns>Null when the number is no customer's. Two storage calls.</returns>
    public Task<CustomerId?> RunAsync(PhoneNumber phone, CancellationToken cancellation) =>
        numbers.FindAsync(CustomerKeys.PhonePartition(phone), contact => PhoneNumber.Find(contact.Phone) == phone, cancellation);
}
