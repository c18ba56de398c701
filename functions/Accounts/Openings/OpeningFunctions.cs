using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class QuoteCurrentAccountFunction(QuoteOpening quote)
{
    [Function("Accounts_QuoteCurrentAccount")]
    [Access(Right.Payment)]
    [Summary("Prepares a further current account: what will be opened, and the terms to be accepted.")]
    [Body<QuoteCurrentAccountRequest>]
    [Answers<OpeningQuoteResponse>]
    [Refuses<CurrencyNotOffered>, Refuses<NameRequired>, Refuses<InvalidAccountName>, Refuses<LogoUnknown>, Refuses<EmailInvalid>, Refuses<FrequencyRequired>]
    [Refuses<DayOutOfRange>, Refuses<StatementsNotWanted>, Refuses<TooManyAccounts>, Refuses<TooManyOpenings>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/openings/current/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteCurrentAccountRequest>()
            .Then(body => body.ToWish(request.Customer(), AcceptLanguage.Of(request)))
            .Then(wish => quote.RunAsync(wish, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(OpeningQuoteResponse.From(quoted)));
}

public sealed class QuoteSavingsAccountFunction(QuoteOpening quote)
{
    [Function("Accounts_QuoteSavingsAccount")]
    [Access(Right.Payment)]
    [Summary("Prepares a savings account with its first money: debit, rate where currencies differ, and the terms to be accepted.")]
    [Body<QuoteSavingsAccountRequest>]
    [Answers<OpeningQuoteResponse>]
    [Refuses<CurrencyNotOffered>, Refuses<NameRequired>, Refuses<InvalidAccountName>, Refuses<LogoUnknown>, Refuses<EmailInvalid>, Refuses<FrequencyRequired>]
    [Refuses<DayOutOfRange>, Refuses<StatementsNotWanted>, Refuses<TooManyAccounts>, Refuses<TooManyOpenings>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<ExchangeRateMissing>, Refuses<BelowMinimum>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/openings/savings/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteSavingsAccountRequest>()
            .Then(body => body.ToWish(request.Customer(), AcceptLanguage.Of(request)))
            .Then(wish => quote.RunAsync(wish, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(OpeningQuoteResponse.From(quoted)));
}

public sealed class ConfirmOpeningFunction(ConfirmOpening confirm)
{
    [Function("Accounts_ConfirmOpening")]
    [Access(Right.Payment)]
    [Idempotent]
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

public sealed class GetContractFunction(FindContract find, DownloadLinks links)
{
    [Function("Accounts_GetContract")]
    [Access(Right.Info)]
    [Summary("Shows the contract that the customer accepted when he opened the account.")]
    [Answers<ContractOfAccountResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<AccountContractNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/contract")] HttpRequest request, Guid accountId) =>
        find.RunAsync(request.Customer(), new AccountId(accountId), request.HttpContext.RequestAborted)
            .Respond(contract => TypedResults.Ok(new ContractOfAccountResponse(
                contract.Opening.Offer.Type, contract.Opening.Offer.TermsVersion, contract.Opening.AcceptedAt, contract.Opening.ContractHash,
                DownloadResponse.From(links.Create(contract.Document)))));
}

public sealed record ContractOfAccountResponse(
    AccountType Product, string TermsVersion, Instant AcceptedAt, [property: Description("SHA-256 of the file, lower-case hexadecimal.")] string Sha256, DownloadResponse Download);
