using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ShowOverdraftFunction(IOptionsMonitor<ApplicationsOptions> options)
{
    [Function("Overdrafts_Show")]
    [Access(Right.Info)]
    [Summary("What an overdraft is: conditions, interest, fees, and the terms to be accepted.")]
    [Answers<OverdraftResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/overdrafts/information")] HttpRequest request)
    {
        var rules = options.CurrentValue;
        return TypedResults.Ok(new OverdraftResponse(
            rules.OverdraftInterest.ToString("0.00", CultureInfo.InvariantCulture), Money.Zero(Currency.All), rules.MinimumMonthsInJob,
            [.. rules.OverdraftMaximums], new ApplicationTermsResponse(ApplicationTerms.Current, ApplicationTerms.Read(ApplicationProduct.Overdraft, AcceptLanguage.Of(request)))));
    }
}

public sealed record OverdraftResponse(
    [property: Description("A year's, in percent of what is used."), Example("12.50")] string InterestPercent,
    [property: Description("Of applying and of the limit.")] Money Fee,
    int MinimumMonthsInJob,
    [property: Description("What can be asked for online at most, by the salary account's currency; and never more than three net salaries.")] IReadOnlyList<Money> Maximums,
    ApplicationTermsResponse Terms);

public sealed record ApplicationTermsResponse([property: Example("2026-01")] string Version, IReadOnlyList<string> Paragraphs);
