namespace Serverless.Banking.Credentials;

/// <summary>How a customer says who signs in: a customer number or a personal number. One of the two is not null.</summary>
public sealed record LoginIdentifier
{
    private LoginIdentifier(CustomerId? customer, PersonalNumber? person) => (Customer, Person) = (customer, person);

    public CustomerId? Customer { get; }

    public PersonalNumber? Person { get; }

    /// <returns>Or <see cref="IdentifierMalformed"/>.</returns>
    public static Result<LoginIdentifier> Parse(string? text, string field) =>
        CustomerId.Find(text) is { } customer ? new LoginIdentifier(customer, null)
        : PersonalNumber.Find(text) is { } person ? new LoginIdentifier(null, person)
        : new IdentifierMalformed(field);

    public static LoginIdentifier Of(CustomerId customer) => new(customer, null);

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(LoginIdentifier);
}
