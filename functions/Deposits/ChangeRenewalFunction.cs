using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Deposits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class ChangeRenewalFunction(ChangeRenewal change, FindDeposits find, BankCalendar calendar)
{
    [Function("Deposits_ChangeRenewal")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed(ChangeRenewalRequest.Operation)]
    [Summary("Chooses what happens at maturity, until the day before.")]
    [Body<ChangeRenewalRequest>]
    [Answers<DepositResponse>]
    [Refuses<RenewalNotWanted>, Refuses<RenewalTypeRequired>, Refuses<IdempotencyKeyReused>, Refuses<DepositNotFound>, Refuses<DepositEnded>, Refuses<RenewalChangeTooLate>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/deposits/{depositId:guid}/renewal")] HttpRequest request, Guid depositId) =>
        request.ReadBody<ChangeRenewalRequest>()
            .Then(body => body.Check())
            .Then(body => find.RunAsync(request.Customer(), new DepositId(depositId), request.HttpContext.RequestAborted)
                .Confirm(request, body.FactsOf).Then(_ => body))
            .Then(body => change.RunAsync(
                new RenewalChange(request.Customer(), new DepositId(depositId), body.RenewalType, request.IdempotencyKey(), request.BodyHash()), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(DepositResponse.From(it, calendar)));
}

public sealed record ChangeRenewalRequest(bool AutoRenew, [property: Description("Required when it renews itself, else absent.")] RenewalType? RenewalType = null)
{
    internal const string Operation = "deposit_renewal";

    internal Result<ChangeRenewalRequest> Check() =>
        AutoRenew && RenewalType is null ? new RenewalTypeRequired()
        : !AutoRenew && RenewalType is not null ? new InvalidInput([new RenewalNotWanted("/renewalType")])
        : this;

    internal ConfirmationFacts FactsOf(Deposit it) => ConfirmationFacts.Of(
        Operation, null, it.ContractNumber,
        RenewalType switch
        {
            Banking.Deposits.RenewalType.Principal => "principal",
            Banking.Deposits.RenewalType.PrincipalAndInterest => "principal_and_interest",
            _ => "none",
        });
}
