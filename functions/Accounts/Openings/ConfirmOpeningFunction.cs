using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ConfirmOpeningFunction(ConfirmOpening confirm)
{
    [Function("Accounts_ConfirmOpening")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("account_opening")]
    [Summary("Opens the prepared account, once; a savings account together with its first money, or not at all.")]
    [Body<ConfirmOpeningRequest>]
    [Answers<OpeningResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<OpeningAlreadyConfirmed>, Refuses<QuoteExpired>, Refuses<TermsNotAccepted>]
    [Refuses<TooManyAccounts>, Refuses<TooManyOpenings>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>]
    [Refuses<MinimumBalanceReached>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/openings")] HttpRequest request) =>
        request.ReadBody<ConfirmOpeningRequest>()
            .Then(body => confirm.RunAsync(body.ToConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash()), request.HttpContext.RequestAborted))
            .Respond(opening => TypedResults.Created($"/api/v1/accounts/{opening.Account.Value}", OpeningResponse.From(opening)));
}
