using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Transfers;

[Description("A standing transfer with its schedule.")]
public sealed record PeriodicTransferResponse(
    Guid Id,
    PeriodicTransferType Type,
    PeriodicTransferState State,
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("Between own accounts: the account to credit.")] Guid? ToAccountId,
    PeriodicBeneficiaryResponse Beneficiary,
    Money Amount,
    string? Details,
    PeriodicFrequency Frequency,
    LocalDate StartDate,
    LocalDate? EndDate,
    [property: Description("The number of transfers in all; null when it ends by date.")] int? Count,
    [property: Description("How many are still to come; null when it ends by date.")] int? RemainingCount,
    [property: Description("The next due date; null when there is none.")] LocalDate? NextDate,
    PeriodicResultResponse? LastResult,
    Instant CreatedAt)
{
    public static PeriodicTransferResponse From(PeriodicTransfer it) => new(
        it.Id.Value, PeriodicTypes.Of(it.Kind), it.State, it.Terms.From.Value, it.Kind == TransferKind.Own ? it.Terms.To.AccountId?.Value : null,
        new PeriodicBeneficiaryResponse(it.Terms.To.Name, it.Terms.To.Account), it.Terms.Amount, it.Terms.Details, it.Terms.Frequency, it.Terms.StartsOn,
        it.Terms.EndsOn, it.Terms.Count, it.Terms.Count - it.Passed, it.Next?.DueOn, PeriodicResultResponse.From(it.LastResult), it.CreatedAt);
}

public enum PeriodicTransferType
{
    Own,
    Inside,
}

internal static class PeriodicTypes
{
    public static PeriodicTransferType Of(TransferKind kind) => kind == TransferKind.Own ? PeriodicTransferType.Own : PeriodicTransferType.Inside;
}

public sealed record PeriodicBeneficiaryResponse(
    [property: Description("As the customer knows it; masked when it was found by a look-up.")] string Name,
    [property: Description("IBAN or number, as far as the customer may see it.")] string Account);

[Description("How the last due date went.")]
public sealed record PeriodicResultResponse(
    LocalDate DueDate,
    PeriodicOutcome Outcome,
    Instant At,
    [property: Description("The transfer that was made; null when it was missed.")] Guid? TransferId,
    [property: Description("The code of why it was missed."), Http.Example("insufficient_funds")] string? Reason)
{
    public static PeriodicResultResponse? From(PeriodicResult? result) =>
        result is null ? null : new PeriodicResultResponse(result.DueOn, result.Outcome, result.At, result.Transfer?.Value, result.Reason);
}
