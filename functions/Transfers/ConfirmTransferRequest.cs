using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed record ConfirmTransferRequest([property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId) : IConfirmsQuote
{
    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) =>
        new(kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device());
}

public sealed record ConfirmPayeeTransferRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("Register the payee as a beneficiary; one that is registered already stays as it is.")] bool SaveBeneficiary = false,
    [property: MaxLength(TransferMessage.LengthAtMost), Multiline, Description("The first message of the transfer's thread.")] string? Comment = null,
    [property: Description("Needed where the quote warned of a possible duplicate.")] bool PayAgain = false) : IConfirmsQuote
{
    /// <summary>Paying a registered payee takes no factor, so registering one does.</summary>
    bool IConfirmsQuote.WantsMore() => SaveBeneficiary;

    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) => new(
        kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device(), SaveBeneficiary,
        Comment is null ? null : new TransferWishes(Comment: Comment))
    {
        PayAgain = PayAgain,
    };
}

public sealed record ConfirmThreadTransferRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: MaxLength(TransferMessage.LengthAtMost), Multiline, Description("The first message of the transfer's thread.")] string? Comment = null,
    [property: Description("Needed where the quote warned of a possible duplicate.")] bool PayAgain = false) : IConfirmsQuote
{
    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) => new(
        kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device(),
        Wishes: Comment is null ? null : new TransferWishes(Comment: Comment))
    {
        PayAgain = PayAgain,
    };
}

public sealed record ConfirmPensionContributionRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("The details of the payment to the caller's own e-mail address.")] bool EmailDetails = false,
    [property: Description("Needed where the quote warned of a possible duplicate.")] bool PayAgain = false) : IConfirmsQuote
{
    public TransferConfirmation ToConfirmation(TransferKind kind, HttpRequest request) => new(
        kind, request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, request.Device(),
        Wishes: EmailDetails ? new TransferWishes(EmailDetails: true) : null)
    {
        PayAgain = PayAgain,
    };
}

internal static class TransferAnswers
{
    /// <summary>201 for what is done, 202 for what is on its way.</summary>
    public static IResult OfConfirmation(Transfer transfer) => transfer.State == TransferState.Settled
        ? TypedResults.Created($"/api/v1/transfers/{transfer.Id.Value}", TransferResponse.From(new TransferView(transfer, IsReceived: false)))
        : TypedResults.Accepted($"/api/v1/transfers/{transfer.Id.Value}", TransferResponse.From(new TransferView(transfer, IsReceived: false)));
}
