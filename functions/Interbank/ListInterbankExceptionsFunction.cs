using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Interbank;
using Serverless.Functions.Http;

namespace Serverless.Functions.Interbank;

public sealed class ListInterbankExceptionsFunction(ListInterbankExceptions list)
{
    [Function("BackOffice_ListInterbankExceptions")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("What a person has to look at between this bank and others, newest first.")]
    [Answers<InterbankExceptionsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/interbank/exceptions")] HttpRequest request) =>
        TypedResults.Ok(new InterbankExceptionsResponse(
            [.. (await list.RunAsync(request.HttpContext.RequestAborted)).Select(one => new InterbankExceptionResponse(one.Id, one.Kind, one.Reference, one.Detail, one.At))]));
}

public sealed record InterbankExceptionsResponse(IReadOnlyList<InterbankExceptionResponse> Items);

public sealed record InterbankExceptionResponse(
    Guid Id, InterbankExceptionKind Kind, [property: Description("Of a transfer, a journal or a message.")] string Reference, string Detail, Instant At);
