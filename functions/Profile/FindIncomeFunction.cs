using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class FindIncomeFunction(FindIncome find)
{
    [Function("Profile_FindIncome")]
    [Access(Right.Info)]
    [Summary("What the customer earned from interest on the bank's products in a calendar year.")]
    [Query<IncomeQuery>]
    [Answers<IncomeResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profile/income-statement")] HttpRequest request) =>
        TypedResults.Ok(IncomeResponse.From(await find.RunAsync(request.Customer(), request.Query<IncomeQuery>().Year, request.HttpContext.RequestAborted)));
}

public sealed record IncomeQuery([property: Range(2000, 2999), Description("The current one when left out.")] int? Year = null);

public sealed record IncomeResponse(int Year, IReadOnlyList<ProductIncomeResponse> Products, [property: Description("One per currency.")] IReadOnlyList<Money> Totals)
{
    public static IncomeResponse From(YearIncome income) => new(
        income.Year, [.. income.Products.Select(p => new ProductIncomeResponse(p.Type, p.Number, p.Name, p.Interest.Currency.Code, p.Interest, p.From, p.To))], income.Totals);
}

public sealed record ProductIncomeResponse(
    AccountType Type, string Number, string Name, string Currency, Money InterestEarned,
    [property: Description("The first day on which interest was paid.")] LocalDate From, [property: Description("The last.")] LocalDate To);
