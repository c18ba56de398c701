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

public sealed class ProposeMinimumBalanceFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeMinimumBalance")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger])]
    [Summary("Proposes another minimum balance of an account.", Details = "Another member of staff decides. Zero lets all be paid out before the account is closed.")]
    [Body<MinimumBalanceRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AccountCurrencyMismatch>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/accounts/{accountId:guid}/minimum-balances")] HttpRequest request, Guid accountId) =>
        request.ReadBody<MinimumBalanceRequest>()
            .Then(body => body.ToProposal(request.IdempotencyKey().Value, new AccountId(accountId)))
            .Then(proposal => propose.RunAsync(proposal, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record MinimumBalanceRequest(
    [Description("What debits must leave."), OrZero] AmountDto Minimum, [MaxLength(500), Example("Mbyllje në degë")] string Reason)
{
    internal Result<ChangeProposal> ToProposal(string key, AccountId account)
    {
        var input = new Input();
        var minimum = input.MoneyOrZero("/minimum", Minimum);
        return input.Result(() => LedgerChanges.MinimumBalance(key, account, minimum, Reason));
    }
}
