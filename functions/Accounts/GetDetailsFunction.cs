using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class GetDetailsFunction(FindAccount find, FindContactDetails contacts)
{
    [Function("Accounts_GetDetails")]
    [Access(Right.Info)]
    [Summary("Shows an account's holder, opening date, IBAN, full number and blocked amount.")]
    [Answers<AccountDetailsResponse>(200)]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/details")] HttpRequest request, Guid accountId) =>
        find.RunAsync(request.Customer(), new AccountId(accountId), request.HttpContext.RequestAborted)
            .Then(async account => (Result<(Account, ContactDetails?)>)(account, await contacts.RunAsync(account.Owner, request.HttpContext.RequestAborted)))
            .Respond(found => TypedResults.Ok(Answer(found.Item1, found.Item2)));

    private static AccountDetailsResponse Answer(Account account, ContactDetails? contact) => new(
        account.Id, contact?.Name, account.OpenedAt.InZone(BankTime.Tirane).Date, account.Iban.Electronic, account.Number, account.Type, account.Currency,
        AmountDto.From(account.Held));
}
