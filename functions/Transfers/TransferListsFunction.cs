using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class TransferListsFunction(TransferLists lists)
{
    [Function("Transfers_Lists")]
    [Access(Right.Info)]
    [Summary("The lists that a transfer's form needs, in the language of `Accept-Language`: exactly what a transfer accepts.")]
    [Answers<TransferListsResponse>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/lists")] HttpRequest request) =>
        Task.FromResult<IResult>(TypedResults.Ok(TransferListsResponse.From(lists.Find(AcceptLanguage.Of(request)))));
}

public sealed record TransferListsResponse(
    [property: Description("By name.")] IReadOnlyList<ListedValueResponse> Countries,
    [property: Description("ISO 4217.")] IReadOnlyList<string> NationalCurrencies,
    [property: Description("ISO 4217.")] IReadOnlyList<string> InternationalCurrencies,
    IReadOnlyList<PurposeCategoryResponse> PurposeCategories,
    [property: Description("What the beneficiary of an international transfer is.")] IReadOnlyList<ListedValueResponse> BeneficiaryCategories)
{
    public static TransferListsResponse From(TransferFormLists lists) => new(
        Values(lists.Countries), lists.NationalCurrencies, lists.InternationalCurrencies,
        [.. lists.PurposeCategories.Select(category => new PurposeCategoryResponse(category.Code, category.Name, Values(category.Purposes)))],
        Values(lists.BeneficiaryCategories));

    private static IReadOnlyList<ListedValueResponse> Values(IReadOnlyList<ListedValue> values) => [.. values.Select(value => new ListedValueResponse(value.Code, value.Name))];
}

public sealed record ListedValueResponse([property: Example("AL")] string Code, [property: Example("Shqipëria")] string Name);

public sealed record PurposeCategoryResponse(string Code, string Name, IReadOnlyList<ListedValueResponse> Purposes);

public sealed class InternationalTermsFunction(TransferLists lists)
{
    [Function("Transfers_InternationalTerms")]
    [Access(Right.Info)]
    [Summary("The terms of international transfers as they are now; the transfer carries the version that was accepted.")]
    [Answers<InternationalTermsResponse>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/international/terms")] HttpRequest request) =>
        Task.FromResult<IResult>(lists.FindTerms(AcceptLanguage.Of(request)) is var terms
            ? TypedResults.Ok(new InternationalTermsResponse(terms.Version, terms.Text))
            : throw new InvalidOperationException());
}

public sealed record InternationalTermsResponse([property: Example("2026-01")] string Version, string Text);
