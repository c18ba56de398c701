using NodaTime;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>What a state says of a person on the chip of a document.</summary>
/// <param name="IssuingState">ISO 3166-1 alpha-3, as in the machine-readable zone.</param>
/// <param name="PersonalNumber">Null when the document has none of the Albanian form.</param>
/// <param name="ExpiresOn">The last day on which it is valid.</param>
public sealed record IdentityDocument(
    string IssuingState, string Number, PersonalNumber? PersonalNumber, string Surname, string GivenNames, LocalDate BirthDate, LocalDate ExpiresOn)
{
    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(IdentityDocument);
}
