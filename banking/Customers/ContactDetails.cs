namespace Serverless.Banking.Customers;

/// <summary>Where and in which language the bank reaches a customer. A way that is null is not used.</summary>
/// <param name="PushToken">The push gateway's address of the customer's phone; opaque.</param>
/// <param name="Phone">E.164: plus sign and at most 15 digits. One customer's only.</param>
/// <param name="PersonalNumber">Of the identity card (<see cref="Banking.PersonalNumber"/>). One customer's only.</param>
public sealed record ContactDetails(CustomerId Customer, string Name, Language Language, string? PushToken, string? Email, string? Phone,
    string? PersonalNumber = null)
{
    public CustomerSegment Segment { get; init; }
}

/// <summary>Codes are these names in snake_case.</summary>
public enum CustomerSegment
{
    Individual,

    Business,
}
