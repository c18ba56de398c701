using Serverless.Banking.Customers;

namespace Serverless.Banking.Network;

/// <summary>What a customer's network says about somebody who turns to that customer.</summary>
internal sealed class BlockList(NetworkTable network, FindContactDetails details)
{
    /// <summary>The same calls whatever the answer, so that how long it takes says nothing (REQ-06).</summary>
    public async Task<bool> IsBlockedAsync(CustomerId owner, CustomerId other, CancellationToken cancellation)
    {
        var contact = await details.RunAsync(other, cancellation);
        return await network.IsBlockedAsync(owner, other, PhoneNumber.Find(contact?.Phone), cancellation);
    }

    /// <summary>What the owner calls the other customer: the contact's name when there is one, else the name the bank knows.</summary>
    public async Task<string> NameAsync(CustomerId owner, CustomerId other, CancellationToken cancellation)
    {
        var known = await details.RunAsync(other, cancellation);
        if (PhoneNumber.Find(known?.Phone) is { } phone && await network.FindAsync(owner, ContactId.Of(owner, phone), cancellation) is { } contact)
            return contact.Name;
        return known?.Name ?? $"{other.Value[..2]}…{other.Value[^2..]}";
    }
}
