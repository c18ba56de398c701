using NodaTime;

namespace Serverless.Banking.Network;

/// <summary>One contact of a customer.</summary>
public sealed class FindContact
{
    private readonly NetworkTable network;
    private readonly CheckNumber check;
    private readonly TimeProvider time;

    internal FindContact(NetworkTable network, CheckNumber check, TimeProvider time) => (this.network, this.check, this.time) = (network, check, time);

    /// <returns>Or <see cref="ContactNotFound"/>.</returns>
    public async Task<Result<Contact>> RunAsync(CustomerId owner, ContactId id, CancellationToken cancellation) =>
        await network.FindAsync(owner, id, cancellation) is { } contact ? contact : new ContactNotFound();

    /// <summary>The contact with the customer behind the number, for operations that reach that customer; counted and audited like every check.</summary>
    /// <returns>Or, first match: <see cref="ContactNotFound"/>, <see cref="TooManyRequests"/>, <see cref="ContactNotRegistered"/>.</returns>
    internal async Task<Result<(Contact Contact, CustomerId Customer)>> RegisteredAsync(CustomerId owner, ContactId id, CancellationToken cancellation)
    {
        if (await network.FindAsync(owner, id, cancellation) is not { } contact)
            return new ContactNotFound();
        var found = await check.RunAsync(owner, id, contact.Phone, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value is not null != contact.IsRegistered)
            await network.SaveCheckAsync(contact, found.Value is not null, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);

        // A contact's number that became the owner's own is nobody to ask.
        return found.Value is { } customer && customer != owner ? (contact, customer) : new ContactNotRegistered(id);
    }
}
