using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Deposits;
using Serverless.Banking.Ledger;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class ProposeStatusChangeFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeStatusChange")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger])]
    [Summary("Proposes another status of an account.", Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). An account with money or holds on it, or to which deposits are paid back, or from which pension contributions are taken, is not closed; closed is for ever.")]
    [Body<StatusChangeRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AccountNotEmpty>, Refuses<AccountFundsDeposits>, Refuses<AccountFundsPensions>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/accounts/{accountId:guid}/status-changes")] HttpRequest request, Guid accountId) =>
        request.ReadBody<StatusChangeRequest>()
            .Then(body => propose.RunAsync(
                LedgerChanges.AccountStatus(request.IdempotencyKey().Value, new AccountId(accountId), body.Status, body.Reason),
                request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record StatusChangeRequest(
    AccountStatus Status, [Description("Why: a court's order, a customer's wish."), MaxLength(500), Example("Urdhër i gjykatës 123/2026")] string Reason);
