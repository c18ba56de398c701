using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Remittances;
using Serverless.Functions.Http;

namespace Serverless.Functions.Remittances;

public sealed class GetRemittanceFunction(FindRemittance find)
{
    [Function("Remittances_Get")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("One remittance of the caller, as it stands.")]
    [Answers<RemittanceResponse>]
    [Refuses<RemittanceNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/remittances/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new RemittanceId(id), request.HttpContext.RequestAborted)
            .Respond(remittance => TypedResults.Ok(RemittanceResponse.From(remittance)));
}

[Description("A remittance that the customer has asked to be paid out.")]
public sealed record RemittanceResponse(
    Guid Id,
    RemittancePayoutState State,
    string Sender,
    Money Sent,
    Guid AccountId,
    Money Credited,
    string? ExchangeRate,
    [property: Description("The remitter's own number, once it has confirmed.")] string? RemitterReference,
    [property: Description("Why the remitter refused; null else.")] string? RefusalCode,
    Instant CreatedAt)
{
    public static RemittanceResponse From(Remittance remittance) => new(
        remittance.Id.Value, remittance.State, remittance.Sender, remittance.Sent, remittance.To.Value, remittance.Credited,
        remittance.Rate?.ToString(CultureInfo.InvariantCulture), remittance.Reference, remittance.RefusalCode, remittance.CreatedAt);
}
