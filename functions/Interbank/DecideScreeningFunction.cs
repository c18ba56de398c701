using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Functions.Interbank;

public sealed class DecideScreeningFunction(DecideScreening decide, StartInterbankTransfer workflow)
{
    [Function("BackOffice_DecideScreening")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Lets a stopped transfer go, or rejects it; the same decision again gives the same answer.")]
    [Body<DecideScreeningRequest>]
    [Answers<ScreeningResponse>]
    [Refuses<ScreeningNotFound>, Refuses<ScreeningEnded>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/interbank/screenings/{id:guid}/decision")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<DecideScreeningRequest>()
            .Then(body => decide.RunAsync(new TransferId(id), body.Decision == ScreeningDecision.Approve, request.StaffActor(), request.HttpContext.RequestAborted))
            .Then(order => WakeAsync(client, order))
            .Respond(order => TypedResults.Ok(ScreeningResponse.From(order)));

    private async Task<Result<InterbankOrder>> WakeAsync(DurableTaskClient client, InterbankOrder order)
    {
        await workflow.WakeAsync(client, order.Id, InterbankTransferOrchestrator.ScreeningDecided, CancellationToken.None);
        return order;
    }
}

public sealed record DecideScreeningRequest(ScreeningDecision Decision);

public enum ScreeningDecision
{
    Approve,
    Reject,
}
