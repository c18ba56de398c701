using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Sessions;

public sealed class RefreshFunction(RefreshSession refresh)
{
    [Function("Sessions_Refresh")]
    [Access(Right.Public)]
    [NoAddressLimit("A refresh token of 256 bits cannot be guessed, and a limit would sign out everybody behind one address.")]
    [Idempotent]
    [Summary("Exchanges a refresh token for new tokens.",
        Details = "A refresh token is good once: shown a second time it ends the session, since then two have it. Only the retry with the same `Idempotency-Key`, within a minute, is answered again. "
            + "Refreshing does not count as activity.")]
    [Body<RefreshSessionRequest>]
    [Answers<SessionTokensResponse>]
    [Refuses<RefreshTokenInvalid>, Refuses<RefreshProofInvalid>, Refuses<SessionEnded>, Refuses<SessionReplaced>, Refuses<SessionIdle>, Refuses<SessionExpired>]
    [Refuses<SessionPasswordChanged>, Refuses<SessionDeviceRemoved>, Refuses<SessionRefreshReused>, Refuses<SessionLocked>, Refuses<ChannelBlocked>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/sessions/refresh")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return request.ReadBody<RefreshSessionRequest>()
            .Then(body => refresh.RunAsync(
                new RefreshRequest(body.RefreshToken, InstallationId.Of(body.InstallationId), body.Proof, request.IdempotencyKey()), request.HttpContext.RequestAborted))
            .Respond(tokens => TypedResults.Ok(SessionTokensResponse.From(tokens)));
    }
}

public sealed record RefreshSessionRequest(
    [property: MaxLength(200)] string RefreshToken,
    [property: MinLength(16), MaxLength(64), Pattern("^[A-Za-z0-9-]+$"), Description("As at the sign-in."), Example("5f0c6d3e-9a41-4c1f-8b1e-2f1f6b7c9d10")] string InstallationId,
    [property: MaxLength(2000), Description(
        "For an app: a JWS in compact form, ES256 by the installation's key, `typ` `refresh+jwt`, claims `ath` (base64url of the refresh token's SHA-256) and `iat`. A browser sends none.")]
    string? Proof = null)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"refresh by {InstallationId}";
}
