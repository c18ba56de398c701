using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <param name="Id">The application's: the same order again is the same card.</param>
/// <param name="InternetShare">Percent of the limit.</param>
/// <param name="StatementPeriod"><c>beginning_of_month</c> or <c>end_of_month</c>.</param>
/// <param name="AutomaticPaymentShare">Percent of what is owed: 25 or 100.</param>
internal sealed record NewCardOrder(
    Guid Id, string Product, CustomerId Customer, string NameOnCard, string Branch, Money Limit, int InternetShare, string StatementPeriod, int AutomaticPaymentShare);

/// <param name="Status"><c>ordered</c>, <c>produced</c>, <c>ready</c>, <c>collected</c>, <c>cancelled</c>.</param>
/// <param name="MaskedCard">At most ten digits; null before the card is produced.</param>
internal sealed record CardOrderAnswer(string Status, string? MaskedCard);

/// <summary>Orders for new cards at the processor, over the contract in docs/partners.md.</summary>
internal sealed partial class CardOrdersClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardOrdersClient> log)
{
    private readonly PartnerCalls calls = new(http, "cards", options.Value.CardProcessor, log);

    /// <returns>The order, also when it was taken before; null when there is no usable answer. Refused: asking again helps only when somebody has mended something.</returns>
    public async Task<(CardOrderAnswer? Order, bool IsRefused)> OrderAsync(NewCardOrder order, CancellationToken cancellation)
    {
        var (status, answer) = await calls.PostAsync<Answer>(
            "card-orders",
            new
            {
                orderId = order.Id.ToString("N"),
                product = order.Product,
                customer = order.Customer.Value,
                nameOnCard = order.NameOnCard,
                branch = order.Branch,
                currency = order.Limit.Currency.Code,
                limit = new { amount = order.Limit.ToDecimalString(), currency = order.Limit.Currency.Code },
                internetPurchasesShare = order.InternetShare,
                statementPeriod = order.StatementPeriod,
                automaticPaymentShare = order.AutomaticPaymentShare,
            },
            cancellation);
        return (status is HttpStatusCode.OK or HttpStatusCode.Created ? answer?.ToOrder() : null,
            status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity);
    }

    /// <returns>Null when there is no usable answer.</returns>
    public async Task<CardOrderAnswer?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var (status, answer) = await calls.GetAsync<Answer>($"card-orders/{id:N}", cancellation);
        return status == HttpStatusCode.OK ? answer?.ToOrder() : null;
    }

    /// <summary>At most ten digits, or a card number could hide in it.</summary>
    [GeneratedRegex(@"\A[0-9]{0,6}[*•xX ]{4,19}[0-9]{4}\z")]
    private static partial Regex MaskShape();

    private sealed record Answer(string? Status, string? MaskedCard)
    {
        public CardOrderAnswer? ToOrder() =>
            Status is { Length: > 0 } status && (MaskedCard is null || MaskShape().IsMatch(MaskedCard)) ? new CardOrderAnswer(status, MaskedCard) : null;
    }
}
