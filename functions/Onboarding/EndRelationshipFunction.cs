using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class EndRelationshipFunction(EndRelationship end)
{
    [Function("Onboarding_EndRelationship")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("Notes that a customer's relationship has ended: evidence and contracts of the onboarding are erased when the legal period is over.")]
    [Body<RelationshipEndDto>]
    [Answers<RelationshipEndResponse>]
    [Refuses<OnboardingNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/relationship-end")] HttpRequest request, string customerNumber) =>
        request.ReadBody<RelationshipEndDto>()
            .Then(body => CustomerId.Find(customerNumber) is { } customer
                ? end.RunAsync(customer, body.EndedOn, request.StaffActor(), request.HttpContext.RequestAborted)
                : Task.FromResult<Result<Instant>>(new OnboardingNotFound()))
            .Respond(eraseAt => TypedResults.Ok(new RelationshipEndResponse(eraseAt)));
}

public sealed record RelationshipEndDto(LocalDate EndedOn);

public sealed record RelationshipEndResponse(Instant ErasedAt);
