using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
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
