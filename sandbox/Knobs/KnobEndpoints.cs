using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Knobs;

internal static class KnobEndpoints
{
    private const int LongestLatencyMs = 120_000;
    private const int LongestSettleMs = 24 * 3600 * 1000 * 14;

    public static void AddKnobs(this IServiceCollection services) => services.AddSingleton<Parties>();

    public static void MapKnobs(this IEndpointRouteBuilder app)
    {
        var parties = app.ServiceProvider.GetRequiredService<Parties>();
        app.MapGet("/knobs", () => Answers.Json(200, parties.All.ToDictionary(party => party.Id, party => party.Knobs)));
        app.MapGet("/knobs/{id}", (string id) => With(parties, id, party => Answers.Json(200, party.Knobs)));
        app.MapDelete("/knobs/{id}", (string id) => With(parties, id, party => Turn(party, KnobSet.Well)));
        app.MapPut("/knobs/{id}", async (string id, HttpRequest request) => parties.Find(id) is { } party
            ? await request.ReadAsync<KnobSet, KnobSet>((body, faults) => Check(body, party.Kind, faults), knobs => Turn(party, knobs))
            : Unknown(parties));
    }

    private static IResult With(Parties parties, string id, Func<Party, IResult> answer) =>
        parties.Find(id) is { } party ? answer(party) : Unknown(parties);

    private static IResult Turn(Party party, KnobSet to)
    {
        party.Turn(to);
        return Answers.Json(StatusCodes.Status200OK, to);
    }

    private static KnobSet Check(KnobSet body, PartyKind kind, Faults faults)
    {
        faults.WholeNumber("/latencyMs", body.LatencyMs, 0, LongestLatencyMs);
        faults.WholeNumber("/settleAfterMs", body.SettleAfterMs, 0, LongestSettleMs);
        faults.WholeNumber("/returnAfterMs", body.ReturnAfterMs, 0, LongestSettleMs);
        Share("/errorRate", body.ErrorRate);
        Share("/timeoutRate", body.TimeoutRate);
        Share("/loseAnswerRate", body.LoseAnswerRate);
        Share("/pendingRate", body.PendingRate);
        if (body.RefuseWith is { } code)
        {
            if (kind == PartyKind.Biller)
            {
                SettlementCodes.Check("/refuseWith", code, faults);
            }
            else if (kind is PartyKind.Gateway or PartyKind.Network or PartyKind.Remitter or PartyKind.Insurer or PartyKind.VideoIdentifier or PartyKind.CardProcessor
                or PartyKind.CreditRegistry or PartyKind.Signer)
            {
                faults.Code("/refuseWith", code, 50);
            }
            else
            {
                faults.Add("/refuseWith", "This party has nothing to refuse.");
            }
        }

        return body;

        void Share(string pointer, double rate)
        {
            if (rate is not (>= 0 and <= 1))
            {
                faults.Add(pointer, "Must be a share from 0 to 1.");
            }
        }
    }

    private static IResult Unknown(Parties parties) => Answers.Refuse(
        StatusCodes.Status404NotFound, "unknown_party", "There are " + string.Join(", ", parties.All.Select(party => party.Id)) + ".");
}
