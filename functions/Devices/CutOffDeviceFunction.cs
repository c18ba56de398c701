using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class CutOffDeviceFunction(CutOffDevice cutOff)
{
    [Function("Devices_CutOff")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Summary("Cuts a customer's lost or stolen device off.", Details = "The caller has been identified. Everything that the device can do without a password is gone and its sessions end; the customer is told by SMS and e-mail.")]
    [Body<CutOffRequest>]
    [Answers<StaffDeviceResponse>]
    [Refuses<DeviceNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/devices/{device}/cut-off")] HttpRequest request, string customerNumber, string device) =>
        request.ReadBody<CutOffRequest>()
            .Then(body => CustomerId.Find(customerNumber) is { } customer && InstallationId.Find(device) is { } id
                ? (Result<TrustRemoval>)new TrustRemoval(customer, id, request.StaffActor()) { Reason = $"{body.Identification}: {body.Reason}" }
                : new DeviceNotFound())
            .Then(removal => cutOff.RunAsync(removal, request.HttpContext.RequestAborted))
            .Respond(gone => TypedResults.Ok(StaffDeviceResponse.From(gone)));
}

public sealed record CutOffRequest(
    [property: MaxLength(100), Description("How the caller was identified."), Example("Pyetjet e sigurisë")] string Identification,
    [property: MaxLength(300), Example("Telefoni u vodh")] string Reason);
