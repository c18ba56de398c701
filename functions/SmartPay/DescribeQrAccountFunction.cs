using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.SmartPay;

public sealed class DescribeQrAccountFunction(ChangeQrAccount change)
{
    [Function("Qr_DescribeAccount")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [NotConfirmed("Words, no right.")]
    [Summary("Sets, changes or takes away the description of a QR account.")]
    [Body<DescribeQrAccountRequest>]
    [Answers<QrAccountResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<QrAccountNotFound>, Refuses<QrAccountDeleted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/smart-pay/qr-accounts/{qrAccountId:guid}/description")] HttpRequest request, Guid qrAccountId) =>
        request.ReadBody<DescribeQrAccountRequest>()
            .Then(body => Banking.Text.Description.FindOptional(body.Description, "/description", request.DescriptionLetters()))
            .Then(description => change.DescribeAsync(request.Customer(), new QrAccountId(qrAccountId), description, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(QrAccountResponse.From(it)));
}

public sealed record DescribeQrAccountRequest(
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces; null for none."), Example("Tezga ime")] string? Description) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()).Error;
}
