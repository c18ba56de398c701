using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.EKlik;
using Serverless.Functions.Audit;
using Serverless.Functions.Channels;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class CreateUserFunction(CreateEKlikUser create)
{
    [Function("EKlik_CreateUser")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Makes a user of eKlik when the agreement is signed, and issues the activation code.",
        Details = "The code is handed over at the branch, or goes by SMS; by e-mail only when the customer has no number of a local operator. It is good for seven days and works once.")]
    [Body<CreateUserRequest>, Idempotent]
    [Answers<ActivationCodeResponse>(201)]
    [Refuses<CustomerNumberMalformed>, Refuses<ClientNotFound>, Refuses<ActivationByEmailNotAllowed>, Refuses<ActivationBySmsNotAllowed>, Refuses<EmailAddressMissing>]
    [Refuses<IdempotencyKeyReused>, Refuses<UserNameTaken>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/eklik-users")] HttpRequest request, string customerNumber) =>
        request.ReadBody<CreateUserRequest>()
            .Then(body => CustomerNumbers.Read(customerNumber).Then(customer => body.ToAgreement(customer, request.IdempotencyKey())))
            .Then(agreement => create.RunAsync(agreement, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(issued => TypedResults.Created((string?)null, ActivationCodeResponse.From(issued)));
}

public sealed record CreateUserRequest(
    [property: Pattern(UserNames.Pattern), Description("What the user signs in with; capitals are taken as small letters."), Example("arta.hoxha")] string UserName,
    EKlikKind Kind,
    [property: Description("How the activation code reaches the user.")] CodeDelivery Delivery)
{
    internal Result<EKlikAgreement> ToAgreement(CustomerId customer, IdempotencyKey key) =>
        UserNames.Read(UserName, "/userName").Then(name => new EKlikAgreement(key.Value, customer, name, Kind, Delivery));
}
