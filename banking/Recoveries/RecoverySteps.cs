using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Table Recoveries, and the code that ends every method (AUTH-12).</summary>
internal static class RecoverySteps
{
    public const string Table = "Recoveries";

    public static StepRules<Recovery, RecoveryStep> Rules { get; } = new(Table, "recovery")
    {
        IdOf = it => it.Id.Value,
        NextOf = it => it.Next,
        ExpiryOf = it => it.ExpiresAt,
        NotFound = () => new RecoveryNotFound(),
        Expired = () => new RecoveryExpired(),
        OutOfOrder = next => new RecoveryStepOutOfOrder(next),
        Write = (it, row) => (row["Customer"], row["CountedAt"], row["UniqueCode"]) = (it.Customer?.Value!, it.Partition, it.UniqueCode?.Value!),
        Read = (id, next, expiresAt, row) => new Recovery(new RecoveryId(id), next, expiresAt)
        {
            Customer = CustomerId.Find(row.GetString("Customer")),
            Partition = row.GetString("CountedAt")!,
            UniqueCode = row.GetString("UniqueCode") is { } code ? new UniqueCodeId(code) : null,
        },
    };

    public static CodeStep<Recovery, RecoveryStep> Code { get; } = new(OneTimeCodePurpose.Recovery, RecoveryStep.EnterCode)
    {
        RequestFor = (it, purpose) => new OneTimeCodeRequest(purpose, it.Binding, it.Customer),
        Proven = (it, uniqueCode) => it with { Next = RecoveryStep.EnterCode, UniqueCode = uniqueCode },
        Typed = it => it with { Next = RecoveryStep.ChoosePassword },
    };
}
