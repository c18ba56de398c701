using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class DeclineMoneyRequestFunction(EndMoneyRequest end)
{
    [Function("MoneyRequests_Decline")]
    [Access(Right.Payment)]
    [Summary("The payer declines an open request, for ever.", Details = "Declining again changes nothing.")]
    [Answers<MoneyRequestResponse>]
    [Refuses<MoneyRequestNotFound>, Refuses<NotThePayer>, Refuses<MoneyRequestNotOpen>, Refuses<MoneyRequestBeingPaid>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/{id:guid}/refusal")] HttpRequest request, Guid id) =>
        end.DeclineAsync(request.Customer(), new MoneyRequestId(id), request.HttpContext.RequestAborted)
            .Respond(seen => TypedResults.Ok(MoneyRequestResponse.From(seen)));
}
