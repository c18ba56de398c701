using NodaTime;

namespace Serverless.Banking.Network;

/// <summary>A person in a customer's network, known by a phone number (REQ-01, REQ-02).</summary>
/// <param name="Name">As the owner wrote it; the bank never replaces it by the name it knows (REQ-19).</param>
/// <param name="IsRegistered">Whether the number was a customer's when the bank last looked.</param>
/// <param name="CheckedAt">When it last looked.</param>
/// <param name="Requests">Whether this contact may ask the owner for money (REQ-05).</param>
public sealed record Contact(
    ContactId Id, CustomerId Owner, string Name, PhoneNumber Phone, Instant AddedAt, bool IsRegistered, Instant CheckedAt, RequestPermission Requests)
{
    public override string ToString() => $"contact {Id}";
}

/// <summary>Whether somebody may send a customer money requests.</summary>
public enum RequestPermission
{
    /// <summary>The default of this type: without a choice, and for people outside the network (REQ-05).</summary>
    Allowed,
    Blocked,
}
