using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class EmailStatementFunction(EmailStatement email)
{
    [Function("Accounts_EmailStatement")]
    [Access(Right.Info)]
    [Idempotent]
    [NotConfirmed("It goes to the registered address and nowhere else.")]
    [Summary("Sends the statement of a period to the customer's registered e-mail address.")]
    [Body<OrderStatementRequest>]
    [Answers<EmailedStatementResponse>(202)]
    [Refuses<AccountNotFound>, Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>, Refuses<StartBeforeOpening>]
    [Refuses<EmailMissing>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/{accountId:guid}/statements/emails")] HttpRequest request, Guid accountId) =>
        request.ReadBody<OrderStatementRequest>()
            .Then(body => email.RunAsync(
                new StatementMail(body.ToOrder(request, accountId), request.IdempotencyKey(), request.BodyHash()), request.HttpContext.RequestAborted))
            .Respond(reference => TypedResults.Accepted(
                (string?)null, new EmailedStatementResponse(reference.Number, reference.Format, reference.Start, reference.End)));
}

public sealed record EmailedStatementResponse(string Number, StatementFormat Format, LocalDate StartDate, LocalDate EndDate);
