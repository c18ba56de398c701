using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class StartCardFunction(StartCard start, StartApplication workflow)
{
    [Function("CardApplications_Start")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Starts an application for a credit card, or chooses another type for a draft.",
        Details = "The id is made by the client and sent again with every retry. One open application at a time; it is kept between the steps, and can be continued on any device.")]
    [Body<StartCardBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ValueNotListed>, Refuses<ApplicationExists>, Refuses<ApplicationNotDraft>, Refuses<NotAnIndividual>, Refuses<CardConditionsNotMet>, Refuses<ApplicationOpen>]
    [Refuses<ApplicationBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<StartCardBody>()
            .Then(body => start.RunAsync(new CardWish(request.Customer(), applicationId, body.CardType), request.HttpContext.RequestAborted))
            .Then(draft => workflow.OfAsync(client, draft))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record StartCardBody([property: MaxLength(40), Description("Code of a card type."), Example("classic")] string CardType);
