using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListCompaniesFunction(CompanyCatalogue companies)
{
    [Function("Bills_ListCompanies")]
    [Access(Right.Info)]
    [Summary("Lists the companies whose bills can be registered and paid.", Details = "Label and hint are in the language of `Accept-Language`.")]
    [Answers<CompaniesResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/companies")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new CompaniesResponse([.. companies.Mobile.Select(company => CompanyResponse.From(company, language))]));
    }
}

public sealed record CompaniesResponse([property: Description("All of them, in the order to show them.")] IReadOnlyList<CompanyResponse> Items);

public sealed record CompanyResponse(
    [property: Example("oshee")] string Id,
    [property: Example("OSHEE")] string Name,
    [property: Description("What the company calls its client code.")] string CodeLabel,
    [property: Description("Regular expression of a client code, the same in ECMAScript and .NET.")] string CodeFormat,
    [property: Description("Where to find the code, with an example.")] string CodeHint,
    [property: Description("Its bills carry a QR code or barcode that can be scanned.")] bool AcceptsQr,
    [property: Description("Its invoices can be paid by authorisation.")] bool AcceptsAuthorisation)
{
    public static CompanyResponse From(Company company, Language language) => new(
        company.Id.Value, company.Name, company.CodeLabel.In(language), company.CodeFormat.Pattern, company.CodeHint.In(language),
        company.AcceptsQr, company.AcceptsAuthorisation);
}
