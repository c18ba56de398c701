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

public sealed class OpenResetFunction(OpenResetLink open)
{
    [Function("EKlik_OpenReset")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Opens a reset link: the page does so when the user has come to it.", Details = "Only then may the password be changed. The link's secret is what follows the number sign.")]
    [Body<OpenResetRequest>]
    [Answers<OpenedResetResponse>]
    [Refuses<ResetLinkUnknown>, Refuses<EKlikUserBlocked>, Refuses<ResetLinkUsed>, Refuses<ResetLinkExpired>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/password-resets/opening")] HttpRequest request) =>
        request.ReadBody<OpenResetRequest>()
            .Then(body => open.RunAsync(body.Link, request.HttpContext.RequestAborted))
            .Respond(opened => TypedResults.Ok(new OpenedResetResponse(opened.Name.Value, opened.ExpiresAt)));
}

public sealed record OpenResetRequest(
    [property: MaxLength(200), Description("What follows the number sign of the link."), Example("arta.hoxha.f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")] string Link)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(OpenResetRequest);
}

public sealed record OpenedResetResponse([property: Example("arta.hoxha")] string UserName, [property: Description("Half an hour after it was asked for.")] Instant ExpiresAt);
