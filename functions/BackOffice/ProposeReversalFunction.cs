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

public sealed class ProposeReversalFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeReversal")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Proposes to correct a booking by its mirror.", Details = "Another member of staff decides. Nothing is ever changed or deleted in the books; a mistake is reversed, once.")]
    [Body<ReversalRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    [Refuses<IdempotencyKeyReused>, Refuses<JournalNotFound>, Refuses<JournalNotReversible>, Refuses<AlreadyReversed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/ledger/reversals")] HttpRequest request) =>
        request.ReadBody<ReversalRequest>()
            .Then(body => body.ToProposal(request.IdempotencyKey().Value))
            .Then(proposal => propose.RunAsync(proposal, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record ReversalRequest(
    TransactionId TransactionId,
    [Description("The account that was debited; where the bank paid, the one credited.")] AccountId AccountId,
    [Description("As the customers read it on their statements."), MaxLength(140), Example("Korrigjim i një gabimi")] string Reason)
{
    internal Result<ChangeProposal> ToProposal(string key)
    {
        var input = new Input();
        var reason = input.Take(Banking.Text.Description.Find(Reason, "/reason"));
        return input.Result(() => LedgerChanges.JournalReversal(key, TransactionId, AccountId, reason));
    }
}
