using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class DepositCashFunction(DepositCash deposit)
{
    [Function("BackOffice_DepositCash")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Books cash that a customer paid in at a branch.")]
    [Body<DepositCashRequest>, Idempotent]
    [Answers<CashDepositResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AccountCurrencyMismatch>]
    [Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/accounts/{accountId:guid}/cash-deposits")] HttpRequest request,
        Guid accountId) =>
        request.ReadBody<DepositCashRequest>()
            .Then(body => body.ToCommand(new AccountId(accountId), $"{request.Staff().Id}|{request.IdempotencyKey().Value}"))
            .Then(command => deposit.RunAsync(command, request.HttpContext.RequestAborted))
            .Respond(posted => TypedResults.Json(CashDepositResponse.From(posted), ApiJson.Options, statusCode: StatusCodes.Status201Created));
}

public sealed record DepositCashRequest(
    AmountDto Amount,
    [Description("As the customer reads it on the statement."), MaxLength(140), Example("Derdhje në degë")] string Description)
{
    internal Result<CashDeposit> ToCommand(AccountId account, string key)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.Find(Description, "/description"));
        return input.Result(() => new CashDeposit(key, account, amount, description));
    }
}

/// <param name="Balance">Of the account, right after the deposit.</param>
public sealed record CashDepositResponse(TransactionId TransactionId, AmountDto Amount, AmountDto Balance, LocalDate BookedOn, Instant PostedAt)
{
    internal static CashDepositResponse From(PostedJournal posted) => new(
        posted.Journal.Id, AmountDto.From(posted.Journal.Legs[0].Amount), AmountDto.From(posted.BalanceAfter!), posted.Journal.BookedOn, posted.PostedAt);
}
