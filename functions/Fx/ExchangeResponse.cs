using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

[Description("An exchange in the books.")]
public sealed record ExchangeResponse(
    Guid Id,
    FxOperation Operation,
    Guid FromAccountId,
    Guid ToAccountId,
    Money Debit,
    Money Credit,
    [property: Description("Units of the other currency for one of the amount's."), Example("98.90")] string ExchangeRate,
    string? Details,
    Instant ExecutedAt)
{
    public static ExchangeResponse From(Exchange done) => new(
        done.Id, done.Terms.Operation, done.Terms.From.Value, done.Terms.To.Value, done.Terms.Debit, done.Terms.Credit, RateText.Of(done.Terms.Rate), done.Terms.Details,
        done.ExecutedAt!.Value);
}
