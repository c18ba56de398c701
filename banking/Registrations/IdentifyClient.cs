using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Registrations;

/// <summary>Says which client registers, and by which ways it can be proven (ONB-02).</summary>
public sealed class IdentifyClient
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly FindCustomerByPersonalNumber byPerson;
    private readonly FindContactDetails contacts;
    private readonly UserTable users;
    private readonly ContractTable contracts;
    private readonly LockoutTable lockouts;
    private readonly CheckUniqueCode codes;
    private readonly IBankCards cards;

    internal IdentifyClient(
        StepTable<Registration, RegistrationStep> table, FindCustomerByPersonalNumber byPerson, FindContactDetails contacts, UserTable users, ContractTable contracts, LockoutTable lockouts,
        CheckUniqueCode codes, IBankCards cards) =>
        (this.table, this.byPerson, this.contacts, this.users, this.contracts, this.lockouts, this.codes, this.cards) =
            (table, byPerson, contacts, users, contracts, lockouts, codes, cards);

    /// <returns>
    /// The registration with its <see cref="Registration.Methods"/>. Or, first match: the errors of the step, <see cref="ClientNotFound"/>, <see cref="AlreadyRegistered"/>,
    /// <see cref="RegistrationLocked"/>, <see cref="ContractMissing"/>, <see cref="MobileMissing"/>, <see cref="CardProcessorUnavailable"/>, <see cref="NoMethodAvailable"/>.
    /// </returns>
    public async Task<Result<Registration>> RunAsync(RegistrationId id, LoginIdentifier identifier, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RegistrationStep.Identify, RegistrationStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var customer = identifier.Customer ?? await byPerson.RunAsync(identifier.Person!.Value, cancellation);
        if (customer is not { } client || await contacts.RunAsync(client, cancellation) is not { } contact)
            return new ClientNotFound();
        if (await users.FindAsync(client, cancellation) is not null)
            return new AlreadyRegistered();
        if ((await lockouts.FindAsync(CredentialKeys.Partition(client), cancellation)).RefuseRegistration(lockouts.Now) is { } locked)
            return locked;
        if (await contracts.FindAsync(client, cancellation) is null)
            return new ContractMissing();
        if (PhoneNumber.Find(contact.Phone) is null)
            return new MobileMissing();

        var hasCode = await codes.HasOneAsync(client, cancellation);
        var owned = await cards.ListAsync(client, cancellation);
        if (!owned.IsSuccess && !hasCode)
            return owned.Error;
        var hasCard = owned.IsSuccess && owned.Value.Any(card => card.IsActive);
        RegistrationMethod[] methods = [.. hasCard ? [RegistrationMethod.Card] : Array.Empty<RegistrationMethod>(), .. hasCode ? [RegistrationMethod.UniqueCode] : Array.Empty<RegistrationMethod>()];
        return methods.Length == 0
            ? new NoMethodAvailable()
            : await table.WriteAsync(found.Value, found.Value.Value with { Customer = client, Methods = methods, Next = RegistrationStep.ProveMethod }, cancellation);
    }
}
