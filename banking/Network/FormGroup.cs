namespace Serverless.Banking.Network;

/// <summary>Several contacts chosen together, for a split (REQ-03).</summary>
/// <param name="Members">Those that can be asked, in the order chosen.</param>
/// <param name="Others">Those that cannot, each with the code of why not.</param>
public sealed record ContactGroup(IReadOnlyList<Contact> Members, IReadOnlyList<NotInGroup> Others);

/// <param name="Contact">Null for an id that is no contact of the customer.</param>
/// <param name="Reason">The error that asking this contact for money would give.</param>
public sealed record NotInGroup(ContactId Id, Contact? Contact, Error Reason);

/// <summary>Says which of the chosen contacts can be asked for money together (REQ-03).</summary>
public sealed class FormGroup
{
    private readonly FindContact contacts;

    internal FormGroup(FindContact contacts) => this.contacts = contacts;

    /// <returns>The group. Or <see cref="TooManyRequests"/>: each contact chosen is a check of its number.</returns>
    public async Task<Result<ContactGroup>> RunAsync(CustomerId owner, IReadOnlyList<ContactId> chosen, CancellationToken cancellation)
    {
        List<Contact> members = [];
        List<NotInGroup> others = [];
        foreach (var id in chosen.Distinct())
        {
            var found = await contacts.RegisteredAsync(owner, id, cancellation);
            if (found.IsSuccess)
                members.Add(found.Value.Contact with { IsRegistered = true });
            else if (found.Error is TooManyRequests tooMany)
                return tooMany;
            else
                others.Add(new NotInGroup(id, (await contacts.RunAsync(owner, id, cancellation)).Match<Contact?>(contact => contact, _ => null), found.Error));
        }

        return new ContactGroup(members, others);
    }
}
