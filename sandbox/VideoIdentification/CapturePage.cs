using System.Text.RegularExpressions;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.VideoIdentification;

/// <summary>The page where the person would be filmed: in the sandbox one says who is on the document, and how it goes. The same as JSON.</summary>
internal static partial class CapturePage
{
    private static readonly (VideoOutcome Outcome, string Text)[] Choices =
    [
        (VideoOutcome.Verified, "Verified"),
        (VideoOutcome.LowConfidence, "Low confidence: a person has to look"),
        (VideoOutcome.Mismatch, "Another person's document"),
        (VideoOutcome.LivenessFailed, "No living person before the camera"),
        (VideoOutcome.ExpiredDocument, "Expired document"),
        (VideoOutcome.Unreadable, "Nothing can be read"),
        (VideoOutcome.Abandoned, "Go away without finishing"),
    ];

    public static void MapCapturePage(this IEndpointRouteBuilder address, VideoIdentifier identifier)
    {
        var clock = address.ServiceProvider.GetRequiredService<SandboxClock>();
        address.MapGet("/captures/{token}", (string token, HttpContext context) =>
        {
            if (identifier.FindByToken(token) is not { } session)
            {
                return SandboxGuard.NotFound();
            }

            identifier.Start(context.Party(), session);
            return Page.Show(context, "Video identification", "", _ => session.IsOpen ? Form(session, clock.Today) : Over(session.Status));
        });
        address.MapContract(needsKey: false).MapPost("/captures/{token}", async (string token, HttpRequest request) =>
        {
            if (identifier.FindByToken(token) is not { } session)
            {
                return SandboxGuard.NotFound();
            }

            var (party, mood) = (request.HttpContext.Party(), Mood.Of(request.HttpContext));
            if (request.HasFormContentType)
            {
                var faults = new Faults();
                var capture = Read(await FromFormAsync(request), faults, session, clock.Today);
                if (faults.Any)
                {
                    return faults.Answer();
                }

                var filmed = identifier.Capture(party, mood, session, capture.Outcome, capture.Document) ?? identifier.Find(session.SessionId)!;
                return Page.Show(request.HttpContext, "Video identification", "", _ => Over(filmed.Status));
            }

            return await request.ReadAsync<CaptureRequest, (VideoOutcome Outcome, ReadDocument Document)>(
                (body, faults) => Read(body, faults, session, clock.Today),
                capture => identifier.Capture(party, mood, session, capture.Outcome, capture.Document) is { } filmed
                    ? Answers.Json(200, new { filmed.SessionId, filmed.Status })
                    : Answers.Refuse(409, "session_over", "The session is over; nothing was changed."));
        });
    }

    private static async Task<CaptureRequest> FromFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        string? Field(string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
        return new CaptureRequest(
            Choices.Where(choice => choice.Outcome.ToString() == Field("outcome")).Select(choice => (VideoOutcome?)choice.Outcome).FirstOrDefault(),
            Field("personalNumber"), Field("surname"), Field("givenNames"), Field("birthDate"), Field("expiresOn"), Field("number"));
    }

    private static (VideoOutcome Outcome, ReadDocument Document) Read(CaptureRequest body, Faults faults, VideoSession session, DateOnly today)
    {
        if (body.Outcome is null)
            faults.Add("/outcome", "Must be verified, low_confidence, mismatch, liveness_failed, expired_document, unreadable or abandoned.");
        return (body.Outcome ?? default, new ReadDocument(
            session.DocumentType,
            faults.Code("/number", body.Number ?? "AB1234567", 20),
            "ALB",
            faults.Matching("/personalNumber", body.PersonalNumber, PersonalNumber(), "a letter, eight digits and a letter"),
            faults.Text("/surname", body.Surname, 100),
            faults.Text("/givenNames", body.GivenNames, 100),
            faults.Date("/birthDate", body.BirthDate),
            body.ExpiresOn is null ? today.AddYears(5) : faults.Date("/expiresOn", body.ExpiresOn)));
    }

    private static Html Form(VideoSession session, DateOnly today) => Html.Of($"""
        <h1>Video identification</h1>
        <p class="soft">Nobody is filmed here. Say who is on the {(session.DocumentType == DocumentType.Passport ? "passport" : "identity card")}, and how it goes: the front of the
        document, its back, then a face that looks into the camera and smiles.</p>
        <form method="post" class="filter">
        <label>Personal number <input name="personalNumber" required pattern="[A-Za-z][0-9]{"{8}"}[A-Za-z]" autocomplete="off" autofocus></label>
        <label>Surname <input name="surname" required maxlength="100" value="Hoxha"></label>
        <label>Given names <input name="givenNames" required maxlength="100" value="Arta"></label>
        <label>Birth date <input name="birthDate" type="date" required value="1990-05-15"></label>
        <label>Expires on <input name="expiresOn" type="date" required value="{today.AddYears(5):yyyy-MM-dd}"></label>
        <label>Document number <input name="number" required maxlength="20" value="AB1234567"></label>
        <label>How it goes <select name="outcome">{Html.Join(Choices.Select(choice => Html.Of($"""<option value="{choice.Outcome.ToString()}">{choice.Text}</option>""")))}</select></label>
        <button>Be filmed</button>
        </form>
        """);

    private static Html Over(SessionStatus status)
    {
        var (title, text) = status switch
        {
            SessionStatus.Completed => ("Done", "Go back to the bank's app."),
            SessionStatus.Open or SessionStatus.Started => ("You have gone away", "The session runs out by itself; until then the same address goes on with it."),
            _ => ("This session is over", "Go back to the bank's app."),
        };
        return Html.Of($"""
            <h1>{title}</h1>
            <p class="soft">{text}</p>
            """);
    }

    [GeneratedRegex(@"\A[A-Za-z][0-9]{8}[A-Za-z]\z")]
    private static partial Regex PersonalNumber();

    internal sealed record CaptureRequest(
        VideoOutcome? Outcome, string? PersonalNumber, string? Surname, string? GivenNames, string? BirthDate, string? ExpiresOn, string? Number);
}
