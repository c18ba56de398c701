using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Sessions;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class LookUpCustomerFunction(LookUpCustomer lookUp)
{
    [Function("Transfers_LookUpCustomer")]
    [Access(Right.Payment)]
    [Summary("Finds the receiving customer of a transfer within the bank, and the accounts that can be credited.",
        Details = "By exactly one of customer number, personal number, IBAN or account number. Names and numbers are masked; look-ups are counted and audited.")]
    [Body<LookUpCustomerRequest>]
    [Answers<FoundCustomerResponse>]
    [Refuses<LookupKeyNotOne>, Refuses<LookupKeyMalformed>, Refuses<TooManyRequests>, Refuses<PayeeNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/lookups")] HttpRequest request) =>
        request.ReadBody<LookUpCustomerRequest>()
            .Then(body => lookUp.RunAsync(
                new CustomerLookup(request.Customer(), request.CustomerCaller().Channel.Code(), body.CustomerNumber, body.PersonalNumber, body.Account),
                request.HttpContext.RequestAborted))
            .Respond(found => TypedResults.Ok(FoundCustomerResponse.From(found)));
}

public sealed record LookUpCustomerRequest(
    [property: MaxLength(40), Description("Nine digits."), Example("100000002")] string? CustomerNumber = null,
    [property: MaxLength(40), Description("Of the identity card: a letter, eight digits, a letter.")] string? PersonalNumber = null,
    [property: MaxLength(60), Description("IBAN or account number.")] string? Account = null);

public sealed record FoundCustomerResponse(
    [property: Description("Masked."), Example("A**** H****")] string Name, IReadOnlyList<FoundAccountResponse> Accounts)
{
    public static FoundCustomerResponse From(FoundCustomer found) => new(
        found.Name, [.. found.Accounts.Select(account => new FoundAccountResponse(account.Reference, account.Currency, account.Account))]);
}

public sealed record FoundAccountResponse(
    [property: Description("Names the account in a quote; good for an hour, for this customer only.")] string AccountReference,
    Currency Currency,
    [property: Description("Masked."), Example("AL35…7890")] string Account);
