using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Transfers;

[Description("A registered payee.")]
public sealed record BeneficiaryResponse(
    Guid Id,
    string? Alias,
    string FullName,
    [property: Description("IBAN or account number; masked when it was saved from a look-up.")] string Account,
    [property: Description("Null when it is not known.")] string? BankName,
    [property: Description("ISO 3166-1 alpha-2.")] string Country,
    [property: Description("Which transfers can use it.")] BeneficiaryType Type,
    Instant CreatedAt)
{
    public static BeneficiaryResponse From(Beneficiary one) =>
        new(one.Id.Value, one.Alias, one.Name, one.Account, one.Bank?.Name, one.Country, one.Type, one.CreatedAt);
}
