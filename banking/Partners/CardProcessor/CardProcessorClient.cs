using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Partners;

/// <summary>The card processor, over the contract in docs/partners.md.</summary>
public sealed class CardProcessorClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardProcessorClient> log) : IBankCards
{
    private readonly PartnerCalls calls = new(http, "cards", options.Value.CardProcessor, log);

    public async Task<Result<JsonWebKey[]>> PinKeysAsync(CancellationToken cancellation)
    {
        var (status, found) = await calls.GetAsync<KeySet>("keys", cancellation);
        return status == HttpStatusCode.OK && found?.Keys is { Length: > 0 } keys ? keys : new CardProcessorUnavailable();
    }

    public async Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var (status, found) = await calls.PostAsync<CardList>("searches", new { customerNumber = customer.Value }, cancellation);
        return status == HttpStatusCode.OK && found?.Cards is { } cards ? cards.Select(card => card.ToCard()).OfType<BankCard>().ToArray() : new CardProcessorUnavailable();
    }

    public async Task<Result<PinCheck>> CheckPinAsync(string cardId, string pinBlock, CancellationToken cancellation)
    {
        var checkId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cardId}\n{pinBlock}")));
        var (status, answer) = await calls.PostAsync<Checked>("pin-checks", new { checkId, cardId, pinBlock }, cancellation);
        return status switch
        {
            HttpStatusCode.OK when answer is { Result: "right" or "wrong" or "blocked", TriesLeft: { } left } => new PinCheck(answer.Result == "right", answer.Result == "blocked" ? 0 : left),
            HttpStatusCode.BadRequest => new PinBlockInvalid(),
            _ => new CardProcessorUnavailable(),
        };
    }

    private sealed record KeySet(JsonWebKey[]? Keys);

    private sealed record CardList(IReadOnlyList<Card>? Cards);

    private sealed record Card(string? CardId, string? Kind, string? LastDigits, string? Status, string? Expiry, string? Product)
    {
        public BankCard? ToCard() => CardId is { Length: > 0 and <= 64 } id && LastDigits is { Length: 6 } digits && Kind is "contactless" or "standard"
            ? new BankCard(id, Kind == "contactless" ? CardKind.Contactless : CardKind.Standard, digits, Status == "active", Expiry, Product)
            : null;
    }

    private sealed record Checked(string? Result, int? TriesLeft);
}
