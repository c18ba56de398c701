using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class ActivateUserFunction(ActivateEKlikUser activate)
{
    [Function("EKlik_Activate")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Activates a user of eKlik by user name and activation code; the password comes next.",
        Details = "Nobody learns whether a name exists: unknown names and wrong codes are answered and counted alike; the fifth wrong code in a row blocks the user. A code works once.")]
    [Body<ActivateUserRequest>, Idempotent]
    [Answers<ActivationResponse>(201)]
    [Refuses<EKlikUserBlocked>, Refuses<ActivationRefused>, Refuses<ActivationCodeUsed>, Refuses<ActivationCodeExpired>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/activations")] HttpRequest request) =>
        request.ReadBody<ActivateUserRequest>()
            .Then(body => UserNames.Read(body.UserName, "/userName").Then(name => (Name: name, body.ActivationCode)))
            .Then(order => activate.RunAsync(order.Name, order.ActivationCode, request.IdempotencyKey(), request.HttpContext.RequestAborted))
            .Respond(activation => TypedResults.Created((string?)null, new ActivationResponse(activation.Name.Value, activation.Token, activation.ExpiresAt)));
}

public sealed record ActivateUserRequest(
    [property: Pattern(UserNames.Pattern), Example("arta.hoxha")] string UserName,
    [property: MaxLength(20), Example("K7RW2MXQ")] string ActivationCode)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(ActivateUserRequest);
}

public sealed record ActivationResponse(
    [property: Example("arta.hoxha")] string UserName,
    [property: Description("To be sent with the password."), Example("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")] string ActivationToken,
    [property: Description("Until then the password must be chosen.")] Instant ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(ActivationResponse);
}
