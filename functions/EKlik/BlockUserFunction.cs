using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.EKlik;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class BlockUserFunction(BlockEKlikUser block)
{
    [Function("EKlik_BlockUser")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Blocks a user of eKlik at the customer's request.", Details = "Sessions, reset links and an activation under way end at once. Blocking twice gives the same answer.")]
    [Body<BlockUserRequest>]
    [Answers<EKlikUserResponse>]
    [Refuses<UserNameMalformed>, Refuses<EKlikUserNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/eklik/users/{userName}/blocking")] HttpRequest request, string userName) =>
        request.ReadBody<BlockUserRequest>()
            .Then(body => UserNames.Read(userName).Then(name => new EKlikBlockOrder(name, body.IdentifiedBy, body.Reason)))
            .Then(order => block.RunAsync(order, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(EKlikUserResponse.From(user)));
}

public sealed record BlockUserRequest(
    [property: MaxLength(100), Description("How staff made sure who asks."), Example("three questions by telephone")] string IdentifiedBy,
    [property: MaxLength(500), Description("Why."), Example("A reset was announced that the customer did not ask for")] string Reason);

public sealed class UnblockUserFunction(UnblockEKlikUser unblock)
{
    [Function("EKlik_UnblockUser")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Proposes to let a blocked user of eKlik, or one with a blocked token, in again.",
        Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). Password and token stay as they are, and nobody sees them.")]
    [Body<BlockUserRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<UserNameMalformed>, Refuses<EKlikUserNotFound>, Refuses<IdempotencyKeyReused>, Refuses<EKlikUserNotBlocked>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/eklik/users/{userName}/unblock")] HttpRequest request, string userName) =>
        request.ReadBody<BlockUserRequest>()
            .Then(body => UserNames.Read(userName).Then(name => (Name: name, body.IdentifiedBy, body.Reason)))
            .Then(order => unblock.RunAsync(
                request.IdempotencyKey().Value, order.Name, order.IdentifiedBy, order.Reason, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}
