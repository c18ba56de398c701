using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Deposits;
using Serverless.Banking.Documents;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class ListDepositProductsFunction(DepositRates rates, DepositTermsDocument terms, DownloadLinks links, BankCalendar calendar)
{
    [Function("Deposits_ListProducts")]
    [Access(Right.Info)]
    [Summary("The two ways of opening a deposit: products of fixed periods, and a chosen maturity date; with currencies, minimums, rates and terms.",
        Details = "A rate holds from its amount and its number of days on, until the next one. The quote says which one it is.")]
    [Answers<DepositProductsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/deposit-products")] HttpRequest request)
    {
        var (customer, language, today) = (request.Customer(), AcceptLanguage.Of(request), calendar.Today);
        DownloadResponse Terms(string? product) => DownloadResponse.From(links.Create(terms.Of(product, customer, language)));
        return TypedResults.Ok(new DepositProductsResponse(
            [DepositOpeningWay.ByProduct, DepositOpeningWay.ByMaturityDate],
            [.. rates.Products.Select(product => new DepositProductResponse(product.Id, product.Months, product.Currencies, Terms(product.Id)))],
            new DepositByDateResponse(rates.Rules.MinimumDays, rates.Rules.MaximumMonths, rates.EarliestMaturity(today), rates.LatestMaturity(today), Terms(null)),
            [.. rates.Currencies.Select(currency => DepositCurrencyResponse.Of(currency, rates))],
            DepositText.Percent(rates.Rules.TaxPercent), rates.Rules.Bulletin!.AbsoluteUri));
    }
}

public enum DepositOpeningWay
{
    ByProduct,
    ByMaturityDate,
}

public sealed record DepositProductsResponse(
    IReadOnlyList<DepositOpeningWay> OpeningWays,
    [property: Description("The shortest first.")] IReadOnlyList<DepositProductResponse> Products,
    DepositByDateResponse ByMaturityDate,
    IReadOnlyList<DepositCurrencyResponse> Currencies,
    [property: Description("Withheld from the interest."), Example("15.00")] string TaxPercent,
    [property: Description("The public bulletin of interest rates and deposit periods.")] string BulletinUrl);

public sealed record DepositProductResponse([property: Example("months-12")] string ProductId, int Months, IReadOnlyList<Currency> Currencies, DownloadResponse Terms);

[Description("What a chosen maturity date may be, for a deposit that is opened today.")]
public sealed record DepositByDateResponse(int MinimumDays, int MaximumMonths, LocalDate Earliest, LocalDate Latest, DownloadResponse Terms);

public sealed record DepositCurrencyResponse(Currency Currency, [property: Description("The least amount.")] Money Minimum, IReadOnlyList<DepositRateResponse> Rates)
{
    public static DepositCurrencyResponse Of(Currency currency, DepositRates rates) =>
        new(currency, rates.MinimumOf(currency), [.. rates.RatesOf(currency).Select(rate => new DepositRateResponse(rate.From, rate.Days, DepositText.Percent(rate.Percent)))]);
}

public sealed record DepositRateResponse(
    [property: Description("The amount from which it holds.")] Money From, [property: Description("The number of days from which it holds.")] int Days,
    [property: Description("A year's."), Example("1.40")] string InterestPercent);
