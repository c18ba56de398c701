using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

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
