using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Ledger;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class ProposeOverdraftLimitFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeOverdraftLimit")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger])]
    [Summary("Proposes another overdraft limit of a current account.", Details = "Another member of staff decides. A limit below what is used fails with `overdraft_in_use`.")]
    [Body<OverdraftLimitRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AccountCurrencyMismatch>, Refuses<OverdraftNotOffered>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/accounts/{accountId:guid}/overdraft-limits")] HttpRequest request, Guid accountId) =>
        request.ReadBody<OverdraftLimitRequest>()
            .Then(body => body.ToProposal(request.IdempotencyKey().Value, new AccountId(accountId)))
            .Then(proposal => propose.RunAsync(proposal, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record OverdraftLimitRequest(
    [Description("How far below zero the account may go; zero ends the overdraft."), OrZero] AmountDto Limit, [MaxLength(500), Example("Kontrata 55/2026")] string Reason)
{
    internal Result<ChangeProposal> ToProposal(string key, AccountId account)
    {
        var input = new Input();
        var limit = input.MoneyOrZero("/limit", Limit);
        return input.Result(() => LedgerChanges.OverdraftLimit(key, account, limit, Reason));
    }
}
