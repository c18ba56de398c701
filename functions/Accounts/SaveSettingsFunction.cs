using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class SaveSettingsFunction(LabelAccount label)
{
    [Function("Accounts_SaveSettings")]
    [Access(Right.Payment)]
    [NotConfirmed("A logo and a description of the customer's own.")]
    [Summary("Changes an account's logo and description; what is left out stays.")]
    [Body<AccountSettingsRequest>]
    [Answers<AccountResponse>(200)]
    [Refuses<LogoUnknown>, Refuses<InvalidAccountDescription>, Refuses<AccountNotFound>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/accounts/{accountId:guid}/settings")] HttpRequest request, Guid accountId) =>
        request.ReadBody<AccountSettingsRequest>()
            .Then(body => body.ToLabel())
            .Then(change => label.RunAsync(request.Customer(), new AccountId(accountId), change, request.HttpContext.RequestAborted))
            .Respond(account => TypedResults.Ok(AccountResponse.From(account)));
}

public sealed record AccountSettingsRequest(
    [property: MaxLength(40), Example("house"), Description("One of the list of logos.")] string? LogoId = null,
    [property: MaxLength(AccountText.DescriptionAtMost), Description("Letters, digits, spaces and . , / - ; null takes it away.")] Optional<string?> Description = default)
{
    public Result<Func<AccountLabel, AccountLabel>> ToLabel()
    {
        var input = new Input();
        input.Check(LogoId is null || AccountLogos.Find(LogoId) is not null, () => new LogoUnknown("/logoId"));
        var text = Description.IsSet ? Description.Value : null;
        input.Check(text is null || AccountText.IsDescription(text), () => new InvalidAccountDescription("/description"));
        return input.Result<Func<AccountLabel, AccountLabel>>(() => label => new AccountLabel(LogoId ?? label.Logo, Description.Or(label.Description)));
    }
}
