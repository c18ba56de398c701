using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class StartOverdraftFunction(StartOverdraft start, StartApplication workflow)
{
    [Function("Overdrafts_Start")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Starts an application for an overdraft with one of the suggested limits, or chooses another limit for a draft.",
        Details = "The id is made by the client and sent again with every retry. One open application at a time.")]
    [Body<StartOverdraftBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationExists>, Refuses<ApplicationNotDraft>, Refuses<NotAnIndividual>, Refuses<NoSalaryAtBank>, Refuses<LimitNotSuggested>, Refuses<ApplicationOpen>]
    [Refuses<ApplicationBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/overdraft-applications/{applicationId:guid}")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<StartOverdraftBody>()
            .Then(body => body.Read())
            .Then(limit => start.RunAsync(new OverdraftWish(request.Customer(), applicationId, limit), request.HttpContext.RequestAborted))
            .Then(draft => workflow.OfAsync(client, draft))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record StartOverdraftBody([property: Description("One of the suggested limits.")] AmountDto Limit)
{
    internal Result<Money> Read()
    {
        var input = new Input();
        var limit = input.Money("/limit", Limit);
        return input.Result(() => limit);
    }
}
