using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Signatures;

/// <summary>What the service of qualified electronic signatures says to the bank; docs/partners.md.</summary>
internal static partial class SignatureEndpoints
{
    private const int LargestDocument = 8 * 1024 * 1024;

    public static void AddSignatures(this IServiceCollection services)
    {
        services.AddSingleton<SignatureKey>();
        services.AddSingleton<SignatureService>();
    }

    public static void MapSignatures(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(SignatureService.Id, "Qualified signature", PartyKind.Signer, SignatureService.PublicSecret);
        var service = app.ServiceProvider.GetRequiredService<SignatureService>();
        var key = app.ServiceProvider.GetRequiredService<SignatureKey>();
        var address = app.MapParties("/signers", PartyKind.Signer);
        var contract = address.MapContract();

        contract.MapPost("/signatures", (HttpRequest request) => request.ReadAsync<SignatureRequest, SignatureOrder>(
            Read,
            order => Mood.Of(request.HttpContext).RefuseWith is { } code ? Answers.Refuse(422, code, "Asked for by refuseWith.")
                : service.Open(request.HttpContext.Party(), order) is var (signature, isNew) ? Answers.Json(isNew ? 201 : 200, Shown(signature, request))
                : Answers.Refuse(409, "signature_id_reused", "The signature id was used for another document; nothing was changed.")));
        contract.MapGet("/signatures/{signatureId}", (string signatureId, HttpRequest request) =>
            service.Find(signatureId) is { } signature ? Answers.Json(200, Shown(signature, request)) : Unknown());
        contract.MapPost("/signatures/{signatureId}/cancellation", (string signatureId, HttpRequest request) =>
            service.Find(signatureId) is not { } known ? Unknown()
            : service.Cancel(signatureId) is { } cancelled ? Answers.Json(200, Shown(cancelled, request))
            : known.Status == SignatureStatus.Cancelled ? Answers.Json(200, Shown(known, request))
            : Answers.Refuse(409, "signature_over", "It is over; nothing was changed."));
        contract.MapGet("/jwks", () => Answers.Json(200, new { Keys = new[] { new { Kty = "EC", Crv = "P-256", key.X, key.Y, Kid = key.Id, Use = "sig", Alg = "ES256" } } }));

        address.MapGet("/signatures", (HttpRequest request) => Answers.Json(200, new { Signatures = service.All().Select(signature => Shown(signature, request)) }));
        address.MapSigningPage(service);
    }

    private static SignatureOrder Read(SignatureRequest body, Faults faults)
    {
        var document = body.Document is { Length: > 0 and <= LargestDocument } text ? Decode(text) : null;
        if (document is null)
            faults.Add("/document", "Must be a PDF in base64, at most 8 MiB of text.");
        var digest = faults.Matching("/documentSha256", body.DocumentSha256, Sha256(), "64 hexadecimal digits in lower case");
        if (document is not null && digest.Length == 64 && digest != SignatureService.DigestOf(document))
            faults.Add("/documentSha256", "Is not the document's.");
        if (body.Language is not ("sq" or "en"))
            faults.Add("/language", "Must be sq or en.");
        return new SignatureOrder(
            faults.Code("/signatureId", body.SignatureId, 64), faults.Text("/documentName", body.DocumentName, 200), digest,
            faults.Matching("/signer/personalNumber", body.Signer?.PersonalNumber, PersonalNumber(), "a letter, eight digits and a letter"),
            faults.Text("/signer/givenNames", body.Signer?.GivenNames, 100), faults.Text("/signer/surname", body.Signer?.Surname, 100), body.Language ?? "sq");
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && bytes.AsSpan(0, length).StartsWith("%PDF-"u8) ? bytes[..length] : null;
    }

    private static IResult Unknown() => Answers.Refuse(404, "unknown_signature", "There is no such signature.");

    private static SignatureResponse Shown(Signature it, HttpRequest request) => new(
        it.Order.SignatureId, it.Status, $"{request.Scheme}://{request.Host}/signers/{SignatureService.Id}/signing/{it.Token}", it.ExpiresAt, it.Jws);

    [GeneratedRegex(@"\A[A-Za-z][0-9]{8}[A-Za-z]\z")]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256();

    internal sealed record SignatureRequest(string? SignatureId, string? DocumentName, string? DocumentSha256, string? Document, SignerRequest? Signer, string? Language);

    internal sealed record SignerRequest(string? PersonalNumber, string? GivenNames, string? Surname);

    internal sealed record SignatureResponse(string SignatureId, SignatureStatus Status, string SignUrl, DateTimeOffset ExpiresAt, string? Signature);
}
