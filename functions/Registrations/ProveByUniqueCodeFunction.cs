using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class ProveByUniqueCodeFunction(ProveByUniqueCode prove)
{
    [Function("Registrations_ProveByUniqueCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Proves a registration by the unique code of a branch; the code is sent.")]
    [Body<UniqueCodeProofRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<RegistrationLocked>, Refuses<UserLocked>]
    [Refuses<CodeInvalid>, Refuses<CodeUsed>, Refuses<CodeExpired>, Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/unique-code")] HttpRequest request, Guid registrationId) =>
        request.ReadBody<UniqueCodeProofRequest>()
            .Then(body => prove.RunAsync(new RegistrationId(registrationId), body.UniqueCode, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

public sealed record UniqueCodeProofRequest(
    [property: MinLength(8), MaxLength(12), Pattern("[A-Za-z0-9 -]+"), Description("Eight letters and digits; small letters, spaces and hyphens do not matter."), Example("K7RW2MXQ")] string UniqueCode)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(UniqueCodeProofRequest);
}
