using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Table Registrations, and the code of ONB-06.</summary>
internal static class RegistrationSteps
{
    public const string Table = "Registrations";

    public static StepRules<Registration, RegistrationStep> Rules { get; } = new(Table, "registration")
    {
        IdOf = it => it.Id.Value,
        NextOf = it => it.Next,
        ExpiryOf = it => it.ExpiresAt,
        NotFound = () => new RegistrationNotFound(),
        Expired = () => new RegistrationExpired(),
        OutOfOrder = StepOutOfOrder.At,
        Write = (it, row) => (row["Path"], row["Customer"], row["Methods"], row["UniqueCode"]) =
            (it.Path.ToString(), it.Customer?.Value!, string.Join(' ', it.Methods), it.UniqueCode?.Value!),
        Read = (id, next, expiresAt, row) => new Registration(
            new RegistrationId(id), Enum.Parse<RegistrationPath>(row.GetString("Path")!), next, CustomerId.Find(row.GetString("Customer")), expiresAt)
        {
            Methods = [.. row.GetString("Methods")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RegistrationMethod>)],
            UniqueCode = row.GetString("UniqueCode") is { } code ? new UniqueCodeId(code) : null,
        },
    };

    public static CodeStep<Registration, RegistrationStep> Code { get; } = new(OneTimeCodePurpose.Registration, RegistrationStep.EnterCode)
    {
        RequestFor = (it, purpose) => new OneTimeCodeRequest(purpose, it.Binding, it.Customer),
        Proven = (it, uniqueCode) => it with { Next = RegistrationStep.EnterCode, UniqueCode = uniqueCode },
        Typed = it => it with { Next = RegistrationStep.ChoosePassword },
    };
}
