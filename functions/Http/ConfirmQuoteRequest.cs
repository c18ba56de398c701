using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Serverless.Banking.Quotes;

namespace Serverless.Functions.Http;

public sealed record ConfirmQuoteRequest([property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId) : IConfirmsQuote
{
    internal QuoteConfirmation ToConfirmation(HttpRequest request) =>
        new(request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId);
}
