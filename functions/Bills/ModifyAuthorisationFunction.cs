using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ModifyAuthorisationFunction(ModifyAuthorisation modify, FindAuthorisation find)
{
    [Function("Bills_ModifyAuthorisation")]
    [Access(Right.Payment)]
    [Confirmed(AuthorisationChange.Operation)]
    [Summary("Changes an active authorisation; institution and subscriber stay.", Details = "A member that is absent stays as it is; null takes it away.")]
    [Body<AuthorisationChange>]
    [Answers<AuthorisationResponse>]
    [Refuses<AuthorisationNotFound>, Refuses<AuthorisationCancelled>, Refuses<PaymentDayRequired>, Refuses<MaximumCurrency>]
    [Refuses<EndDateNotInFuture>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/bills/authorisations/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<AuthorisationChange>()
            .Then(body => find.RunAsync(request.Customer(), new AuthorisationId(id), request.HttpContext.RequestAborted)
                .Confirm(request, body.FactsOf).Then(_ => body))
            .Then(body => modify.RunAsync(request.Customer(), new AuthorisationId(id), body.Apply, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(AuthorisationResponse.From(it)));
}

public sealed record AuthorisationChange(
    Optional<PaymentType> PaymentType = default,
    Optional<Guid> AccountId = default,
    [property: Range(1, 31)] Optional<int?> PaymentDay = default,
    Optional<Money?> Maximum = default,
    [property: Description("Null: unlimited.")] Optional<LocalDate?> EndDate = default,
    Optional<bool> EmailNotice = default)
{
    internal const string Operation = "bill_authorisation_change";

    /// <summary>What the bank may pay from then on.</summary>
    internal ConfirmationFacts FactsOf(Authorisation it) =>
        ConfirmationFacts.Of(Operation, Apply(it.Terms).Maximum, it.Account.Company.Value, it.Account.ClientCode);

    public AuthorisationTerms Apply(AuthorisationTerms terms) => new(
        PaymentType.Or(terms.Type),
        Maximum.Or(terms.Maximum),
        AccountId.IsSet ? new AccountId(AccountId.Value) : terms.From,
        PaymentDay.Or(terms.PaymentDay),
        EndDate.Or(terms.EndsOn),
        EmailNotice.Or(terms.EmailNotice));
}
