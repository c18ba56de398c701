using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Interbank;

public sealed class FindBankFunction(FindBank find)
{
    [Function("Transfers_FindBank")]
    [Access(Right.Info)]
    [Summary("Shows which bank an IBAN belongs to.")]
    [Body<FindBankRequest>]
    [Answers<BankResponse>]
    [Refuses<IbanInvalid>, Refuses<BankNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/banks/lookups")] HttpRequest request) =>
        request.ReadBody<FindBankRequest>()
            .Then(body => find.Run(body.Iban))
            .Respond(bank => TypedResults.Ok(BankResponse.From(bank)));
}

public sealed record FindBankRequest([property: MaxLength(60), Example("DE89370400440532013000")] string Iban);
