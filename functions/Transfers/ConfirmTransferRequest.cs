using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed record ConfirmTransferRequest([property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId)
{
    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) =>
        new(kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device());
}

public sealed record ConfirmPayeeTransferRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("Register the payee as a beneficiary; one that is registered already stays as it is.")] bool SaveBeneficiary = false)
{
    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) =>
        new(kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device(), SaveBeneficiary);
}

internal static class TransferAnswers
{
    /// <summary>201 for what is done, 202 for what is on its way.</summary>
    public static IResult OfConfirmation(Transfer transfer) => transfer.State == TransferState.Settled
        ? TypedResults.Created($"/api/v1/transfers/{transfer.Id.Value}", TransferResponse.From(new TransferView(transfer, IsReceived: false)))
        : TypedResults.Accepted($"/api/v1/transfers/{transfer.Id.Value}", TransferResponse.From(new TransferView(transfer, IsReceived: false)));
}
