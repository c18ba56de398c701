using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class ConfirmDepositFunction(ConfirmDeposit confirm, BankCalendar calendar)
{
    [Function("Deposits_Confirm")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("deposit_opening")]
    [Summary("Accepts the terms and opens the prepared deposit: the account is debited and the deposit is there, or neither.",
        Details = "The signed terms are listed among the approvals a moment later.")]
    [Body<ConfirmDepositRequest>]
    [Answers<DepositResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<DepositAlreadyConfirmed>, Refuses<QuoteExpired>, Refuses<TermsNotAccepted>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/deposits")] HttpRequest request) =>
        request.ReadBody<ConfirmDepositRequest>()
            .Then(body => confirm.RunAsync(
                new DepositConfirmation(
                    request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.TermsAccepted, request.CustomerCaller().Installation.Value),
                request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Created($"/api/v1/deposits/{it.Id}", DepositResponse.From(it, calendar)));
}

public sealed record ConfirmDepositRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("The customer has read the terms of the quote and accepts them."), Example("true")] bool TermsAccepted) : IConfirmsQuote;
