using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Registrations;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class SaveServicesContractFunction(SaveServicesContract save)
{
    [Function("Registrations_SaveServicesContract")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Notes that a client has signed the contract for banking services.", Details = "Without it nobody registers. The rights are those with which the client registers.")]
    [Body<ServicesContractDto>]
    [Answers<ServicesContractDto>]
    [Refuses<CustomerNumberMalformed>, Refuses<ClientNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/services-contract")] HttpRequest request, string customerNumber) =>
        request.ReadBody<ServicesContractDto>()
            .Then(body => body.ToContract(customerNumber))
            .Then(contract => save.RunAsync(contract, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(contract => TypedResults.Ok(ServicesContractDto.From(contract)));
}

public enum ServiceRights
{
    /// <summary>To look only.</summary>
    Info,

    /// <summary>To look and to order payments.</summary>
    Payment,
}

public sealed record ServicesContractDto(LocalDate SignedOn, [property: Description("info: to look only.")] ServiceRights Rights = ServiceRights.Payment)
{
    public static ServicesContractDto From(ServicesContract contract) => new(contract.SignedOn, contract.MayPay ? ServiceRights.Payment : ServiceRights.Info);

    internal Result<ServicesContract> ToContract(string customerNumber) => CustomerId.Find(customerNumber) is { } customer
        ? new ServicesContract(customer, SignedOn, Rights == ServiceRights.Payment)
        : new CustomerNumberMalformed("customerNumber");
}
