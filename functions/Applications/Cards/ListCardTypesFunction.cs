using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ListCardTypesFunction
{
    [Function("CardApplications_ListTypes")]
    [Access(Right.Info)]
    [Summary("The credit cards that one can apply for: limits, interest, fees, conditions, and the terms to be accepted.")]
    [Answers<CardTypesResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/card-types")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new CardTypesResponse(
            [.. CardTypes.All.Select(type => CardTypeResponse.From(type, language))],
            new ApplicationTermsResponse(ApplicationTerms.Current, ApplicationTerms.Read(ApplicationProduct.CreditCard, language))));
    }
}

public sealed record CardTypesResponse(IReadOnlyList<CardTypeResponse> Items, ApplicationTermsResponse Terms);

public sealed record CardTypeResponse(
    [property: Example("classic")] string Code,
    [property: Example("Classic")] string Name,
    Money LowestLimit,
    Money HighestLimit,
    [property: Description("A year's, in percent of what is owed."), Example("24.00")] string InterestPercent,
    Money AnnualFee,
    [property: Description("Of a withdrawal of cash.")] Money CashFee,
    IReadOnlyList<string> Conditions)
{
    public static CardTypeResponse From(CardType type, Language language) => new(
        type.Code, type.Name, type.Lowest, type.Highest, type.InterestPercent.ToString("0.00", CultureInfo.InvariantCulture), type.AnnualFee, type.CashFee,
        CardTypes.ConditionsOf(type, language));
}
