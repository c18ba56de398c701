using System.Text.RegularExpressions;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Remittance;

/// <summary>The remitter's contract and desk; docs/partners.md. A PIN never stands in an address, because addresses are logged.</summary>
internal static partial class RemittanceEndpoints
{
    public static void AddRemittance(this IServiceCollection services) => services.AddSingleton<Remitter>();

    public static void MapRemittance(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(Remitter.Id, "Ria remittances", PartyKind.Remitter);
        var remitter = app.ServiceProvider.GetRequiredService<Remitter>();
        var clock = app.ServiceProvider.GetRequiredService<SandboxClock>();
        var schedule = app.ServiceProvider.GetRequiredService<Schedule>();
        var address = app.MapParties("/remitters", PartyKind.Remitter);
        var contract = address.MapContract();

        contract.MapPost("/lookups", (HttpRequest request) => request.ReadAsync<LookupRequest, string>(
            (body, faults) => Pin(body.Pin, faults),
            pin => remitter.Find(pin) is { } remittance ? Answers.Json(200, remittance) : UnknownPin()));
        contract.MapPost("/payouts", (HttpRequest request) => request.ReadAsync<PayoutRequest, (string Id, string Pin)>(
            (body, faults) => (faults.Code("/payoutId", body.PayoutId, 64), Pin(body.Pin, faults)),
            wanted =>
            {
                var mood = Mood.Of(request.HttpContext);
                if (remitter.Take(wanted.Id, wanted.Pin, mood.IsPending, mood.RefuseWith) is not var (payout, isNew))
                {
                    return UnknownPin();
                }

                if (isNew && payout.Status == PayoutStatus.Pending && mood.SettleAfter is { } wait)
                {
                    schedule.At(clock.Now + wait, _ => Task.FromResult(remitter.Settle(payout.PayoutId, mood.RefuseWith)));
                }

                return Answers.Json(payout.Status switch { PayoutStatus.Confirmed => 201, PayoutStatus.Pending => 202, _ => 409 }, PayoutResponse.From(payout));
            }));
        contract.MapGet("/payouts/{payoutId}", (string payoutId) => remitter.FindPayout(payoutId) is { } payout
            ? Answers.Json(200, PayoutResponse.From(payout))
            : Answers.Refuse(404, "unknown_payout", "The remitter has never received such a payout."));

        address.MapGet("/remittances", () => Answers.Json(200, new { Remittances = remitter.All(), Payouts = remitter.Payouts() }));
        address.MapPost("/remittances", (HttpRequest request) => request.ReadAsync<RemittanceRequest, SentRemittance>(
            (body, faults) => new SentRemittance(
                Pin(body.Pin, faults), body.Sender ?? "John Smith", body.SenderCountry ?? "US", faults.Text("/beneficiary", body.Beneficiary, 140),
                Money.ReadPositive("/amount", body.Amount, faults), RemittanceStatus.Available),
            remittance => remitter.Add(remittance) ? Answers.Json(201, remittance) : Answers.Refuse(409, "pin_exists", "The PIN is taken.")));
        address.MapPost("/remittances/{pin}/{status}", (string pin, string status) =>
            Enum.TryParse<RemittanceStatus>(status, ignoreCase: true, out var to) && remitter.Turn(pin, to) ? TypedResults.NoContent() : UnknownPin());
        address.MapPost("/payouts/{payoutId}/settle", (string payoutId) => remitter.Settle(payoutId, null) is { } payout
            ? Answers.Json(200, PayoutResponse.From(payout))
            : Answers.Refuse(409, "already_settled", "There is no such pending payout."));
    }

    private static string Pin(string? pin, Faults faults) => faults.Matching("/pin", pin, PinShape(), "a PIN of 8 to 12 digits");

    private static IResult UnknownPin() => Answers.Refuse(404, "unknown_pin", "No remittance has this PIN.");

    [GeneratedRegex(@"\A[0-9]{8,12}\z")]
    private static partial Regex PinShape();

    internal sealed record LookupRequest(string? Pin);

    internal sealed record PayoutRequest(string? PayoutId, string? Pin);

    internal sealed record RemittanceRequest(string? Pin, string? Sender, string? SenderCountry, string? Beneficiary, Money? Amount);

    internal sealed record PayoutResponse(string PayoutId, PayoutStatus Status, string? Reference, string? Code)
    {
        public static PayoutResponse From(Payout payout) => new(payout.PayoutId, payout.Status, payout.Reference, payout.Code);
    }
}
