namespace Serverless.Banking.Network;

/// <summary>Allows or blocks money requests of a contact; those sent afterwards only (REQ-05).</summary>
public sealed class SetRequestPermission
{
    private readonly NetworkTable network;
    private readonly IPhoneDirectory directory;

    internal SetRequestPermission(NetworkTable network, IPhoneDirectory directory) => (this.network, this.directory) = (network, directory);

    /// <returns>The contact as it is now. Or <see cref="ContactNotFound"/>.</returns>
    /// <remarks>The block is of the number and of the customer who has it now: neither a new number nor the contact's removal ends it.</remarks>
    public async Task<Result<Contact>> RunAsync(CustomerId owner, ContactId id, RequestPermission requests, CancellationToken cancellation)
    {
        if (await network.FindAsync(owner, id, cancellation) is not { } contact)
            return new ContactNotFound();
        if (requests == contact.Requests)
            return contact;
        if (requests == RequestPermission.Blocked)
            await network.BlockAsync(owner, id, await directory.FindAsync(contact.Phone, cancellation), cancellation);
        else
            await network.AllowAsync(owner, id, cancellation);
        return contact with { Requests = requests };
    }
}
