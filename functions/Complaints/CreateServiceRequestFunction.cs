using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Complaints;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class CreateServiceRequestFunction(CreateServiceRequest create)
{
    [Function("Complaints_Create")]
    [Access(Right.Info)]
    [Idempotent]
    [NotConfirmed("A complaint moves nothing and opens nothing.")]
    [Summary("Sends the bank a complaint or a suggestion.")]
    [Body<CreateServiceRequestRequest>]
    [Answers<CreatedServiceRequestResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<TooManyServiceRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/requests")] HttpRequest request) =>
        request.ReadBody<CreateServiceRequestRequest>()
            .Then(body => create.RunAsync(
                new NewServiceRequest(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.Type, body.Details), request.HttpContext.RequestAborted))
            .Respond(made => TypedResults.Created($"/api/v1/requests/{made.Number}", new CreatedServiceRequestResponse(made.Number, made.CreatedAt, made.State)));
}

public sealed record CreateServiceRequestRequest(
    ServiceRequestKind Type, [property: MaxLength(ServiceRequest.DetailsAtMost), Multiline, Example("Bankomati në Durrës nuk punon.")] string Details);

public sealed record CreatedServiceRequestResponse([property: Description("The request's number.")] string Number, Instant CreatedAt, ServiceRequestState Status);
