using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

[Description("A transfer as it stands. What only the payer may know is null for the payee.")]
public sealed record TransferResponse(
    Guid Id,
    TransferKind Kind,
    TransferState State,
    [property: Description("Whether the caller paid or was paid.")] TransferDirection Direction,
    [property: Description("The account that was debited; null for the payee.")] Guid? FromAccountId,
    [property: Description("The account that was credited, when it is the caller's.")] Guid? ToAccountId,
    [property: Description("Who paid; null for the payer.")] string? PayerName,
    TransferBeneficiaryResponse Beneficiary,
    [property: Description("What the beneficiary gets.")] Money Amount,
    Money? Debit,
    Money? Fee,
    FeeBearer? FeeBearer,
    [property: Description("Debit and fee.")] Money? Total,
    [property: Description("Units of the amount's currency for one of the account's; null when they are the same.")] string? ExchangeRate,
    string? Description,
    [property: Description("Code of the error that a rejected transfer ended with; null else.")] string? FailureCode,
    Instant OrderedAt,
    [property: Description("When the money reached the beneficiary's account; null while it has not.")] Instant? ExecutedAt,
    [property: Description("Where the receipt is; null while there is none."), Example("/api/v1/transfers/5f1c.../receipt")] string? Receipt,
    [property: Description("Every state it has been in, oldest first.")] IReadOnlyList<TransferStepResponse> Timeline)
{
    public static TransferResponse From(TransferView view)
    {
        var (transfer, isPayer) = (view.Transfer, !view.IsReceived);
        var executed = transfer.Timeline.FirstOrDefault(step => step.State == TransferState.Settled);
        return new(
            transfer.Id.Value,
            transfer.Kind,
            transfer.State,
            isPayer ? TransferDirection.Sent : TransferDirection.Received,
            isPayer ? transfer.From.Value : null,
            !isPayer || transfer.Kind == TransferKind.Own ? transfer.To.AccountId?.Value : null,
            isPayer ? null : transfer.Payer.Name,
            TransferBeneficiaryResponse.From(transfer.To),
            transfer.Amount,
            isPayer ? transfer.Debit : null,
            isPayer ? transfer.Fee : null,
            isPayer ? transfer.FeeBearer : null,
            isPayer ? transfer.Total : null,
            isPayer ? transfer.Rate?.ToString(CultureInfo.InvariantCulture) : null,
            transfer.Description,
            transfer.Failure?.Code,
            transfer.OrderedAt,
            executed?.At,
            executed is null ? null : $"/api/v1/transfers/{transfer.Id.Value}/receipt",
            [.. transfer.Timeline.Select(step => new TransferStepResponse(step.State, step.At))]);
    }
}

public enum TransferDirection
{
    Sent,
    Received,
}

public sealed record TransferStepResponse(TransferState State, Instant At);
