using Serverless.Banking.Customers;

namespace Serverless.Banking.Profile;

/// <summary>Everything that a customer sees of himself (PROF-04).</summary>
public sealed record ProfileView(CustomerProfile Profile, ContactDetails Contact, Relationship Relationship);

public sealed class FindProfile
{
    private readonly ProfileTable table;
    private readonly FindContactDetails contacts;

    internal FindProfile(ProfileTable table, FindContactDetails contacts) => (this.table, this.contacts) = (table, contacts);

    /// <returns>Or <see cref="ProfileMissing"/>. Three storage calls at once.</returns>
    public async Task<Result<ProfileView>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var (profile, relationship, contact) = (
            table.FindAsync(customer, cancellation), table.FindRelationshipAsync(customer, cancellation), contacts.RunAsync(customer, cancellation));
        await Task.WhenAll(profile, relationship, contact);
        return await contact is { } found ? new ProfileView(await profile, found, await relationship) : new ProfileMissing();
    }
}
