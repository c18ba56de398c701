namespace Serverless.Banking.Devices;

/// <summary>Remembers that a forgotten password was replaced: for a day only the identity document makes a device a trusted one (AUTH-27).</summary>
public sealed class NoteRecovery
{
    private readonly ChangeDevices change;

    internal NoteRecovery(ChangeDevices change) => this.change = change;

    public Task RunAsync(CustomerId customer, CancellationToken cancellation) => change.RunAsync<Nothing>(
        customer,
        (book, _, now) => new DeviceDecision<Nothing>(default, new DeviceChange(book.Head with { RecoveredAt = now, OfferedTo = null }, [])),
        cancellation);
}
