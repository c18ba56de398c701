using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Interbank;

public sealed class ListScreeningsFunction(ListScreenings list)
{
    [Function("BackOffice_ListScreenings")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("The transfers that the screening has stopped and that wait for a decision, the most urgent first.")]
    [Answers<ScreeningsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/interbank/screenings")] HttpRequest request) =>
        TypedResults.Ok(new ScreeningsResponse([.. (await list.RunAsync(request.HttpContext.RequestAborted)).Select(ScreeningResponse.From)]));
}

public sealed record ScreeningsResponse(IReadOnlyList<ScreeningResponse> Items);

[Description("A transfer that the screening has stopped.")]
public sealed record ScreeningResponse(
    Guid TransferId,
    TransferKind Kind,
    string Customer,
    string? PayerName,
    string BeneficiaryName,
    string? BeneficiaryCountry,
    string? Bank,
    Money Amount,
    [property: Description("What was found: name or country.")] string? Hit,
    InterbankOrderState State,
    [property: Description("Rejected unless decided by then.")] Instant? DecideBefore)
{
    public static ScreeningResponse From(InterbankOrder order) => new(
        order.Id.Value, order.Transfer.Kind, order.Transfer.Customer.Value, order.Transfer.Payer.Name, order.Transfer.To.Name,
        order.Transfer.To.Address?.Country, order.Transfer.To.Bank?.Name, order.Transfer.Amount, order.ScreeningHit, order.State, order.ScreeningDeadline);
}
