using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Documents;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ShowCardContractFunction(ConfirmCardContract contract, DownloadLinks links)
{
    [Function("CardApplications_ShowContract")]
    [Access(Right.Info)]
    [Summary("The contract of an approved card, with the approved limit and the settings.", Details = "Confirm it with its hash: that file is what is signed.")]
    [Answers<CardContractResponse>]
    [Refuses<ApplicationNotFound>, Refuses<StepNotPossible>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/card-applications/{applicationId:guid}/contract")] HttpRequest request, Guid applicationId) =>
        contract.ShowAsync(request.Customer(), applicationId, request.HttpContext.RequestAborted).Respond(shown => TypedResults.Ok(new CardContractResponse(
            shown.Sha256, shown.Application.Decision!.Limit!, shown.Application.Card.ContractConfirmedAt, shown.Application.Card.SignedAt,
            DownloadResponse.From(links.Create(shown.Document)))));
}

public sealed record CardContractResponse(
    [property: Description("Of the file, lower-case hexadecimal.")] string Sha256,
    Money ApprovedLimit,
    [property: Description("Null before.")] Instant? ConfirmedAt,
    [property: Description("Null before.")] Instant? SignedAt,
    DownloadResponse Download);
