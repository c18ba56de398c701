using System.Text.RegularExpressions;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Cards;

/// <summary>The card processor's contract and desk; docs/partners.md. PINs come encrypted and stand in no answer of the contract.</summary>
internal static partial class CardEndpoints
{
    private const int SecondsAtMost = 300;

    public static void AddCards(this IServiceCollection services) => services.AddSingleton<CardProcessor>().AddSingleton<CardOrderBooks>().AddSingleton<InstalmentBooks>();

    public static void MapCards(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(CardProcessor.Id, "Card processor", PartyKind.CardProcessor, CardOrderEndpoints.PublicSecret);
        var processor = app.ServiceProvider.GetRequiredService<CardProcessor>();
        var clock = app.ServiceProvider.GetRequiredService<SandboxClock>();
        var address = app.MapParties("/processors", PartyKind.CardProcessor);
        var contract = address.MapContract();

        contract.MapGet("/keys", () => Answers.Json(200, new
        {
            Keys = new[] { new { Kty = "EC", Crv = "P-256", processor.Key.X, processor.Key.Y, Kid = processor.Key.Id, Use = "enc", Alg = "ECDH-ES" } },
        }));
        contract.MapPost("/searches", (HttpRequest request) => request.ReadAsync<SearchRequest, string>(
            (body, faults) => faults.CustomerNumber("/customerNumber", body.CustomerNumber),
            customer => Answers.Json(200, new
            {
                Cards = processor.Find(customer).Select(card => new { card.CardId, card.Kind, card.LastDigits, card.Status, card.Expiry, card.Product }),
            })));
        contract.MapPost("/pin-checks", (HttpRequest request) => request.ReadAsync<CheckRequest, (string CheckId, string CardId, PinText Pin)>(
            (body, faults) =>
            {
                var pin = body.PinBlock is { Length: <= 2000 } block ? processor.Key.Open(block) : null;
                if (pin is null || Math.Abs(clock.Now.ToUnixTimeSeconds() - pin.Iat) > SecondsAtMost)
                {
                    faults.Add("/pinBlock", "Must be a PIN encrypted to the processor's key within the last five minutes.");
                }

                return (faults.Code("/checkId", body.CheckId, 64), faults.Code("/cardId", body.CardId, 64), pin ?? new PinText("", 0));
            },
            wanted => processor.Check(wanted.CheckId, wanted.CardId, wanted.Pin.Pin) is { } answer
                ? Answers.Json(200, answer)
                : Answers.Refuse(404, "unknown_card", "The processor has no such card.")));

        address.MapCardOrders(contract);
        address.MapInstalments(contract);
        address.MapGet("/cards", () => Answers.Json(200, new
        {
            Cards = processor.All().Select(it => new { it.Card.CardId, it.Card.CustomerNumber, it.Card.Kind, it.Card.LastDigits, it.Card.Status, it.WrongPins }),
        }));
        address.MapPost("/cards", (HttpRequest request) => request.ReadAsync<CardRequest, Card>(
            (body, faults) => new Card(
                faults.Code("/cardId", body.CardId, 64), faults.CustomerNumber("/customerNumber", body.CustomerNumber), body.Kind ?? CardKind.Contactless,
                faults.Matching("/lastDigits", body.LastDigits, LastDigits(), "six digits"), body.Status ?? CardStatus.Active,
                faults.Matching("/pin", body.Pin, Pin(), "four digits"),
                body.Expiry is null ? null : faults.Matching("/expiry", body.Expiry, Expiry(), "a year and a month"),
                body.Product is null ? null : faults.Code("/product", body.Product, 40)),
            card =>
            {
                processor.Put(card);
                return Answers.Json(201, new { card.CardId });
            }));
    }

    [GeneratedRegex(@"\A[0-9]{6}\z")]
    private static partial Regex LastDigits();

    [GeneratedRegex(@"\A[0-9]{4}\z")]
    private static partial Regex Pin();

    [GeneratedRegex(@"\A20[0-9]{2}-(0[1-9]|1[0-2])\z")]
    private static partial Regex Expiry();

    internal sealed record SearchRequest(string? CustomerNumber);

    internal sealed record CheckRequest(string? CheckId, string? CardId, string? PinBlock);

    internal sealed record CardRequest(string? CardId, string? CustomerNumber, CardKind? Kind, string? LastDigits, CardStatus? Status, string? Pin, string? Expiry = null, string? Product = null);
}
