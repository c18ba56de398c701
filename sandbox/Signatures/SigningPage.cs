using System.Text.Json.Serialization;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Signatures;

/// <summary>Where the signer would prove who they are and sign: in the sandbox a button. The same as JSON.</summary>
internal static class SigningPage
{
    public static void MapSigningPage(this IEndpointRouteBuilder address, SignatureService service)
    {
        address.MapGet("/signing/{token}", (string token, HttpContext context) => service.FindByToken(token) is { } signature
            ? Page.Show(context, "Qualified signature", "", _ => signature.Status == SignatureStatus.Waiting ? Form(signature) : Over(signature.Status))
            : SandboxGuard.NotFound());
        address.MapContract(needsKey: false).MapPost("/signing/{token}", async (string token, HttpRequest request) =>
        {
            if (service.FindByToken(token) is not { } signature)
                return SandboxGuard.NotFound();
            var (party, mood) = (request.HttpContext.Party(), Mood.Of(request.HttpContext));
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
                service.End(party, mood, signature, form["outcome"] == "signed");
                return Page.Show(request.HttpContext, "Qualified signature", "", _ => Over(service.Find(signature.Order.SignatureId)!.Status));
            }

            return await request.ReadAsync<SigningRequest, SigningOutcome>(
                (body, faults) =>
                {
                    if (body.Outcome is null)
                        faults.Add("/outcome", "Must be signed or declined.");
                    return body.Outcome ?? default;
                },
                outcome => service.End(party, mood, signature, outcome == SigningOutcome.Signed) is { } ended
                    ? Answers.Json(200, new { ended.Order.SignatureId, ended.Status })
                    : Answers.Refuse(409, "signature_over", "It is over; nothing was changed."));
        });
    }

    private static Html Form(Signature signature) => Html.Of($"""
        <h1>Qualified signature</h1>
        <p class="soft">{signature.Order.GivenNames} {signature.Order.Surname} is asked to sign <strong>{signature.Order.DocumentName}</strong>. Its SHA-256 is
        <code>{signature.Order.DocumentSha256}</code>.</p>
        <form method="post" class="filter">
        <button name="outcome" value="signed">Sign</button>
        <button name="outcome" value="declined">Decline</button>
        </form>
        """);

    private static Html Over(SignatureStatus status) => Html.Of($"""
        <h1>{(status == SignatureStatus.Signed ? "Signed" : "Not signed")}</h1>
        <p class="soft">Go back to the bank's app.</p>
        """);

    internal sealed record SigningRequest(SigningOutcome? Outcome);

    internal enum SigningOutcome
    {
        [JsonStringEnumMemberName("signed")]
        Signed,
        [JsonStringEnumMemberName("declined")]
        Declined,
    }
}
