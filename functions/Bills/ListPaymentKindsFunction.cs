using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

/// <summary>What can be paid in eKlik (EKL-13). It is paid as every bill is: quote and confirm.</summary>
public sealed class ListPaymentKindsFunction(CompanyCatalogue companies)
{
    /// <summary>In the order to show them.</summary>
    private static readonly (BillCategory Kind, LocalText Name)[] Kinds =
    [
        (BillCategory.Customs, new("Pagesa doganore", "Customs payments")),
        (BillCategory.IncomeTax, new("Tatimi mbi të ardhurat personale", "Personal income tax")),
        (BillCategory.PensionContribution, new("Kontribute pensionale", "Pension contributions")),
        (BillCategory.Electricity, new("Energji elektrike", "Electricity")),
        (BillCategory.Water, new("Ujë", "Water")),
        (BillCategory.Telephone, new("Telefon", "Telephone")),
        (BillCategory.PropertyTax, new("Tatimi në pronë", "Property tax")),
        (BillCategory.BudgetService, new("Pagesa të tjera për shërbime të organizatave buxhetore", "Other payments for services of budget organisations")),
    ];

    [Function("EKlik_ListPaymentKinds")]
    [Access(Right.Info)]
    [Summary("Lists what can be paid in eKlik, with the companies and institutions of each kind.",
        Details = "Pay with `POST /api/v1/bills/quotes` (`company`, `clientCode`, `invoiceNumber`) and `POST /api/v1/bills/payments`. Names are in the language of `Accept-Language`.")]
    [Answers<PaymentKindsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/eklik/payment-kinds")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new PaymentKindsResponse([.. Kinds.Select(kind => Of(kind.Kind, kind.Name.In(language), language))]));
    }

    private PaymentKindResponse Of(BillCategory kind, string name, Language language) => new(
        kind, name, [.. companies.Active.Where(company => company.Category == kind).Select(company => CompanyResponse.From(company, language))]);
}

public sealed record PaymentKindsResponse([property: Description("All of them, in the order to show them.")] IReadOnlyList<PaymentKindResponse> Items);

public sealed record PaymentKindResponse(BillCategory Kind, string Name, [property: Description("Whom it is paid to.")] IReadOnlyList<CompanyResponse> Companies);
