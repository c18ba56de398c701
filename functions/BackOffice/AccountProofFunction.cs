using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class AccountProofFunction(ProveAccount prove)
{
    [Function("BackOffice_AccountProof")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Proves one account: balance, chain of hashes, markers.")]
    [Answers<AccountProofResponse>(200)]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/ledger/accounts/{accountId:guid}/proof")] HttpRequest request,
        Guid accountId) =>
        prove.RunAsync(new AccountId(accountId), request.HttpContext.RequestAborted)
            .Respond(proven => TypedResults.Ok(new AccountProofResponse(proven.Account, proven.Faults.Count == 0, proven.Entries, proven.Faults)));
}

public sealed record AccountProofResponse(AccountId AccountId, bool IsProven, long Entries, IReadOnlyList<BookFault> Faults);
