using Serverless.Banking.Customers;

namespace Serverless.Banking.Credentials;

/// <summary>Whose an identifier is, at the same cost for everybody's and nobody's.</summary>
internal sealed class Identifiers(FindCustomerByPersonalNumber byPerson, FindContactDetails contacts, KeyedHash hash)
{
    private static readonly CustomerId Nobody = CustomerId.Of("000000000");

    /// <returns>The customer that a right password would sign in (null when there is none), and where the tries are counted.</returns>
    public async Task<(CustomerId? Customer, string Partition)> FindAsync(LoginIdentifier identifier, CancellationToken cancellation)
    {
        if (identifier.Customer is { } customer)
            return (customer, CredentialKeys.Partition(customer));
        var number = identifier.Person!.Value;
        if (await byPerson.RunAsync(number, cancellation) is { } found)
            return (found, CredentialKeys.Partition(found));

        // A number that is somebody's costs one more read.
        await contacts.RunAsync(Nobody, cancellation);
        return (null, CredentialKeys.Unknown(hash.Of("identifier", number.Value)));
    }
}
