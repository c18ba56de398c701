using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Http;

namespace Serverless.Functions.Recoveries;

public sealed class StartRecoveryFunction(StartRecovery start)
{
    [Function("Recoveries_Start")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Begins the recovery of a forgotten password.", Details = "All three methods are named to everybody: nobody learns whether an identifier exists or which method fits. A quarter of an hour; five a day for one identifier.")]
    [Body<StartRecoveryRequest>]
    [Answers<RecoveryResponse>(201)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries")] HttpRequest request) =>
        request.ReadBody<StartRecoveryRequest>()
            .Then(body => LoginIdentifier.Parse(body.Identifier, "/identifier"))
            .Then(identifier => start.RunAsync(identifier, request.HttpContext.RequestAborted))
            .Respond(recovery => TypedResults.Created((string?)null, RecoveryResponse.From(recovery)));
}

public sealed record StartRecoveryRequest(
    [property: MaxLength(20), Description("Customer number (nine digits) or personal number (letter, eight digits, letter)."), Example("100000001")] string Identifier);

/// <param name="Next">The step that is due.</param>
/// <param name="ExpiresAt">Until then all steps must be done.</param>
public sealed record RecoveryResponse(RecoveryId RecoveryId, RecoveryStep Next, IReadOnlyList<RecoveryMethod> Methods, Instant ExpiresAt)
{
    public static RecoveryResponse From(Recovery recovery) => new(recovery.Id, recovery.Next, Recovery.Methods, recovery.ExpiresAt);
}
