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

public sealed class CreateAuthorisationFunction(CreateAuthorisation create)
{
    [Function("Bills_CreateAuthorisation")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("bill_authorisation")]
    [Summary("Authorises the bank to pay, or to remind of, the invoices of a subscriber.")]
    [Body<CreateAuthorisationRequest>]
    [Answers<AuthorisationResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<PaymentDayRequired>, Refuses<MaximumCurrency>, Refuses<EndDateNotInFuture>]
    [Refuses<InstitutionNotAvailable>, Refuses<SmartCardNumber>, Refuses<ClientCodeMalformed>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AuthorisationExists>, Refuses<ClientCodeUnknown>, Refuses<CompanyUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/authorisations")] HttpRequest request) =>
        request.ReadBody<CreateAuthorisationRequest>()
            .Confirm(request, body => ConfirmationFacts.Of("bill_authorisation", body.Maximum, body.Company, body.SubscriberNumber))
            .Then(body => create.RunAsync(
                new AuthorisationOrder(
                    request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.Company, body.SubscriberNumber, body.ToTerms()),
                request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Created($"/api/v1/bills/authorisations/{it.Id.Value}", AuthorisationResponse.From(it)));
}

public sealed record CreateAuthorisationRequest(
    [property: MaxLength(40), Example("oshee")] string Company,
    [property: MaxLength(40), Example("TR0.A0000000000000")] string SubscriberNumber,
    PaymentType PaymentType,
    [property: Description("The account to debit.")] Guid AccountId,
    [property: Range(1, 31), Description("Required for automatic payment; for a manual one the day of the notice.")] int? PaymentDay = null,
    [property: Description("No invoice above it is paid automatically.")] Money? Maximum = null,
    [property: Description("The last day on which it holds.")] LocalDate? EndDate = null,
    [property: Description("An e-mail for every paid invoice.")] bool EmailNotice = false)
{
    public AuthorisationTerms ToTerms() => new(PaymentType, Maximum, new AccountId(AccountId), PaymentDay, EndDate, EmailNotice);
}
