namespace Serverless.Banking.Network;

/// <summary>Gives a contact another name in the customer's own network (PROF-22).</summary>
public sealed class RenameContact
{
    private readonly NetworkTable network;

    internal RenameContact(NetworkTable network) => this.network = network;

    /// <returns>The contact; or <see cref="ContactNotFound"/>.</returns>
    public async Task<Result<Contact>> RunAsync(CustomerId owner, ContactId id, string name, CancellationToken cancellation) =>
        await network.RenameAsync(owner, id, name.Trim(), cancellation) && await network.FindAsync(owner, id, cancellation) is { } contact
            ? contact with { Name = name.Trim() }
            : new ContactNotFound();
}
