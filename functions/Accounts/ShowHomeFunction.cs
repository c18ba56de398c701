using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ShowHomeFunction(ShowHome home)
{
    [Function("Accounts_ShowHome")]
    [Access(Right.Info)]
    [Summary("My finances: the accounts that the customer's card reaches, and the three entries summary, history and budget.",
        Details = "A customer without a card gets all accounts.")]
    [Answers<HomeResponse>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/finances")] HttpRequest request)
    {
        var accounts = await home.RunAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new HomeResponse([.. accounts.Select(HomeAccount.From)], HomeEntries.Of()));
    }
}

public sealed record HomeResponse(IReadOnlyList<HomeAccount> Accounts, HomeEntries Entries);

public sealed record HomeAccount(Guid Id, string Name, string LogoId, Currency Currency, Money Available, LinkedCardResponse? LinkedCard)
{
    public static HomeAccount From(AccountWithCard found) => new(
        found.Account.Id.Value, found.Account.Name, found.Account.Logo, found.Account.Currency, found.Account.Available,
        found.Card is { } card ? new LinkedCardResponse(card.Id, card.MaskedNumber, found.IsCardPrimary) : null);
}

[Description("The card that reaches an account.")]
public sealed record LinkedCardResponse(string Id, [property: Description("First and last digits only.")] string MaskedNumber, bool IsPrimary);

[Description("What my finances leads to, below the bank's address.")]
public sealed record HomeEntries(string Summary, string History, string Budget)
{
    public static HomeEntries Of() => new("/api/v1/finances/summary", "/api/v1/operations", "/api/v1/budget");
}
