namespace Serverless.Banking.Customers;

/// <summary>Which customer has a personal number. Whoever lets customers ask counts and audits it (TRF-42).</summary>
public sealed class FindCustomerByPersonalNumber
{
    private readonly UniqueNumbers numbers;

    internal FindCustomerByPersonalNumber(UniqueNumbers numbers) => this.numbers = numbers;

    /// <returns>Null when the number is no customer's. Two storage calls.</returns>
    public Task<CustomerId?> RunAsync(PersonalNumber number, CancellationToken cancellation) =>
        numbers.FindAsync(CustomerKeys.PersonPartition(number), contact => PersonalNumber.Find(contact.PersonalNumber) == number, cancellation);
}
