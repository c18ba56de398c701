namespace Serverless.Banking.Network;

/// <summary>Takes a contact out of the network; requests and transfers of the past keep the name, a block of the number stays (REQ-17).</summary>
public sealed class RemoveContact
{
    private readonly NetworkTable network;

    internal RemoveContact(NetworkTable network) => this.network = network;

    /// <returns>Or <see cref="ContactNotFound"/>, also when it was removed before.</returns>
    public async Task<Result<Nothing>> RunAsync(CustomerId owner, ContactId id, CancellationToken cancellation) =>
        await network.RemoveAsync(owner, id, cancellation) ? default(Nothing) : new ContactNotFound();
}
