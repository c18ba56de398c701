using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class IssueMTokenCodesFunction(IssueMTokenCodes issue)
{
    [Function("EKlik_IssueMTokenCodes")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Issues the two codes with which a phone becomes a user's mToken.",
        Details = "For a user with payment right who has none, forgot the PIN, blocked it or changed phones. The old token stops now. The codes are shown now and never again.")]
    [Body<MTokenCodesRequest>, Idempotent]
    [Answers<MTokenCodesResponse>(201)]
    [Refuses<UserNameMalformed>, Refuses<ClientNotPresent>, Refuses<EKlikUserNotFound>, Refuses<TokenForPaymentUsers>, Refuses<EKlikUserBlocked>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/eklik/users/{userName}/mtoken-codes")] HttpRequest request, string userName) =>
        request.ReadBody<MTokenCodesRequest>()
            .Then(body => UserNames.Read(userName).Then(name => new MTokenOrder(request.IdempotencyKey().Value, name, body.Branch, body.ClientPresent)))
            .Then(order => issue.RunAsync(order, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(codes => TypedResults.Created((string?)null, new MTokenCodesResponse(codes.RegistrationCode, codes.ActivationCode, codes.ExpiresAt)));
}

public sealed record MTokenCodesRequest(
    [property: Pattern("[A-Z0-9-]{2,20}"), Description("The branch's code."), Example("TIA-01")] string Branch,
    [property: Description("The officer confirms that the client stands at the counter and has shown who he is.")] bool ClientPresent);

public sealed record MTokenCodesResponse(
    [property: Example("K7RW2MXQ")] string RegistrationCode, [property: Example("P4ZT9HBC")] string ActivationCode, [property: Description("Seven days after they were issued.")] Instant ExpiresAt)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(MTokenCodesResponse);
}

public sealed class ActivateMTokenFunction(ActivateMToken activate)
{
    [Function("EKlik_ActivateMToken")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Makes a phone a user's mToken by the two codes and a PIN of the user's own.",
        Details = "The phone keeps the secret in its keystore and never the PIN. Six digits of RFC 6238 with HMAC-SHA-256 and steps of 30 seconds, computed with the key "
            + "HMAC-SHA-256(secret, \"pin:\" + PIN). To confirm a payment, the eight bytes of the step are followed by the text `SHA-256(quote or challenge) . hash of the facts`, both in "
            + "base64url. Five wrong pairs of codes in a row make the codes void.")]
    [Body<ActivateMTokenRequest>, Idempotent]
    [Answers<MTokenResponse>(201)]
    [Refuses<TokenBlocked>, Refuses<ActivationRefused>, Refuses<EKlikUserBlocked>, Refuses<ActivationCodeUsed>, Refuses<IdempotencyKeyReused>]
    [Refuses<ActivationCodeExpired>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/mtokens")] HttpRequest request) =>
        request.ReadBody<ActivateMTokenRequest>()
            .Then(body => UserNames.Read(body.UserName, "/userName")
                .Then(name => new MTokenActivation(request.IdempotencyKey(), name, body.RegistrationCode, body.ActivationCode, body.Pin)))
            .Then(order => activate.RunAsync(order, "/pin", request.HttpContext.RequestAborted))
            .Respond(activated => TypedResults.Created((string?)null, new MTokenResponse(Convert.ToHexStringLower(activated.Secret), OtpAlgorithm.Sha256, 6, 30)));
}

public sealed record ActivateMTokenRequest(
    [property: Pattern(UserNames.Pattern), Example("arta.hoxha")] string UserName,
    [property: MaxLength(20), Example("K7RW2MXQ")] string RegistrationCode,
    [property: MaxLength(20), Example("P4ZT9HBC")] string ActivationCode,
    [property: Pattern("[0-9]{6}"), Description("Chosen by the user: six digits, not all the same and not in a row."), Example("274951")] string Pin)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(ActivateMTokenRequest);
}

public sealed record MTokenResponse(
    [property: Description("32 bytes as hexadecimal digits, for the phone's keystore."), Example("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")] string Secret,
    OtpAlgorithm Algorithm, int Digits, int StepSeconds)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(MTokenResponse);
}
