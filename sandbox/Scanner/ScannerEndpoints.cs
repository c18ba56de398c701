using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Scanner;

/// <summary>The scanner for malware; docs/partners.md. It knows one: the test file that every scanner knows (EICAR).</summary>
internal static class ScannerEndpoints
{
    /// <summary>In two parts, so that no scanner takes this program for one.</summary>
    private static readonly byte[] Eicar = System.Text.Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    public static void MapScanner(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add("scanner", "Scanner for malware", PartyKind.Scanner);
        app.MapParties("/scanners", PartyKind.Scanner).MapContract().MapPost("/scans", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.Length == 0
                ? Answers.Refuse(400, "invalid_request", "There is no file.")
                : Answers.Json(200, new { Verdict = body.ToArray().AsSpan().IndexOf(Eicar) >= 0 ? "malicious" : "clean" });
        });
    }
}
