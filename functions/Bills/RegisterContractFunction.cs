using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class RegisterContractFunction(RegisterContract register)
{
    [Function("Bills_RegisterContract")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("A contract names a subscriber; every payment of it is confirmed by itself.")]
    [Summary("Registers a client code of a company under a name of the customer's own.", Details = "What is unpaid now counts as seen: pushes come for later invoices.")]
    [Body<RegisterContractRequest>]
    [Answers<ContractResponse>(201)]
    [Refuses<CompanyUnknown>, Refuses<SmartCardNumber>, Refuses<ClientCodeMalformed>, Refuses<IdempotencyKeyReused>]
    [Refuses<ContractAlreadyRegistered>, Refuses<ClientCodeUnknown>, Refuses<CompanyUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/contracts")] HttpRequest request) =>
        request.ReadBody<RegisterContractRequest>()
            .Then(body => register.RunAsync(
                new ContractRegistration(
                    request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.Company, body.ClientCode, body.Name),
                request.HttpContext.RequestAborted))
            .Respond(contract => TypedResults.Created($"/api/v1/bills/contracts/{contract.Id.Value}", ContractResponse.From(contract)));
}

public sealed record RegisterContractRequest(
    [property: MaxLength(40), Example("oshee")] string Company,
    [property: MaxLength(40), Description("Case-exact, in the company's format."), Example("TR0.A0000000000000")] string ClientCode,
    [property: MaxLength(Contract.NameLengthAtMost), Description("To recognise the contract by."), Example("Test Test")] string Name);

[Description("A registered contract.")]
public sealed record ContractResponse(Guid Id, string Company, string ClientCode, string Name, Instant RegisteredAt)
{
    public static ContractResponse From(Contract contract) =>
        new(contract.Id.Value, contract.Account.Company.Value, contract.Account.ClientCode, contract.Name, contract.RegisteredAt);
}
