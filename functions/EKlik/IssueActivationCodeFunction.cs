using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class IssueActivationCodeFunction(IssueActivationCode issue)
{
    [Function("EKlik_IssueActivationCode")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Issues another activation code to a user of eKlik.", Details = "It cancels the former one. For a user who has lost it, let it expire, or can reset the password in no other way.")]
    [Body<IssueActivationCodeRequest>, Idempotent]
    [Answers<ActivationCodeResponse>(201)]
    [Refuses<UserNameMalformed>, Refuses<EKlikUserNotFound>, Refuses<ClientNotFound>, Refuses<ActivationByEmailNotAllowed>, Refuses<ActivationBySmsNotAllowed>]
    [Refuses<EmailAddressMissing>, Refuses<EKlikUserBlocked>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/eklik/users/{userName}/activation-codes")] HttpRequest request, string userName) =>
        request.ReadBody<IssueActivationCodeRequest>()
            .Then(body => UserNames.Read(userName).Then(name => (Name: name, body.Delivery)))
            .Then(order => issue.RunAsync(request.IdempotencyKey().Value, order.Name, order.Delivery, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(issued => TypedResults.Created((string?)null, ActivationCodeResponse.From(issued)));
}

public sealed record IssueActivationCodeRequest([property: Description("How the code reaches the user.")] CodeDelivery Delivery);
