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

public sealed class ProposeSuspenseResolutionFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeSuspenseResolution")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Proposes the account that gets what waits in suspense.", Details = "Another member of staff decides.")]
    [Body<SuspenseResolutionRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<SuspenseItemNotFound>, Refuses<SuspenseItemTaken>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AccountCurrencyMismatch>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/ledger/suspense/{itemId:guid}/resolutions")] HttpRequest request, Guid itemId) =>
        request.ReadBody<SuspenseResolutionRequest>()
            .Then(body => propose.RunAsync(
                LedgerChanges.SuspenseResolution(request.IdempotencyKey().Value, itemId, body.AccountId, body.Reason),
                request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record SuspenseResolutionRequest(
    [Description("The account that gets the money.")] AccountId AccountId, [MaxLength(500), Example("Llogaria e re e klientit")] string Reason);
