using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Functions.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class OpenAccountFunction(OpenAccount open)
{
    [Function("BackOffice_OpenAccount")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Opens an account for a customer.")]
    [Body<OpenAccountRequest>, Idempotent]
    [Answers<AccountResponse>(201)]
    [Refuses<InvalidAccountName>, Refuses<IdempotencyKeyReused>, Refuses<MainAccountExists>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/accounts")] HttpRequest request) =>
        request.ReadBody<OpenAccountRequest>()
            .Then(body => body.ToCommand($"{request.Staff().Id}|{request.IdempotencyKey().Value}"))
            .Then(opening => open.RunAsync(opening, request.HttpContext.RequestAborted))
            .Respond(account => TypedResults.Created($"/api/v1/accounts/{account.Id.Value}", AccountResponse.From(account)));
}

public sealed record OpenAccountRequest(
    [Description("Customer number."), Example("100000001")] CustomerId Customer,
    [Description("ISO 4217, three capital letters."), MinLength(3), MaxLength(3), Pattern("[A-Z]{3}"), Example("ALL")] string Currency,
    [Description("What the customer calls it: letters, digits, spaces and . , / -"), MaxLength(30), Example("Llogaria kryesore")] string Name,
    [Description("The account proposed first for payments; a customer has one at most.")] bool IsMain = false)
{
    internal Result<AccountOpening> ToCommand(string key)
    {
        var input = new Input();
        var currency = Serverless.Banking.Currency.Find(Currency);
        input.Check(currency is not null, () => new CurrencyUnknown("/currency"));
        input.Check(AccountText.IsName(Name), () => new InvalidAccountName("/name"));
        return input.Result(() => new AccountOpening(key, Customer, currency!, Name, IsMain));
    }
}
