using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ScanIbanFunction(FindScannedIban find)
{
    [Function("Transfers_ScanIban")]
    [Access(Right.Info)]
    [Summary("Finds the IBAN in what was scanned: text that the app recognised, or an uploaded picture.",
        Details = "Exactly one of `text` and `picture`. Nothing of either is kept.")]
    [Body<ScanIbanRequest>(MaxBytes = 3 * 1024 * 1024)]
    [Answers<ScannedIbanResponse>]
    [Refuses<NothingScanned>, Refuses<IbanNotFound>, Refuses<SeveralIbans>, Refuses<PictureUnreadable>, Refuses<OcrUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/ibans/scans")] HttpRequest request) =>
        request.ReadBody<ScanIbanRequest>()
            .Then(body => (body.Text, body.Picture) switch
            {
                ({ } text, null) => Task.FromResult(find.Run(text)),
                (null, { } picture) => body.Bytes() is { } bytes
                    ? find.RunAsync(bytes, request.HttpContext.RequestAborted)
                    : Task.FromResult<Result<ScannedIban>>(new PictureUnreadable()),
                _ => Task.FromResult<Result<ScannedIban>>(new NothingScanned("")),
            })
            .Respond(scanned => TypedResults.Ok(new ScannedIbanResponse(scanned.Iban.Electronic, scanned.Country, scanned.Bank)));
}

public sealed record ScanIbanRequest(
    [property: MaxLength(4000), Multiline, Description("As the app recognised it."), Example("IBAN: AL47 2121 1009 0000 0002 3569 8741")] string? Text = null,
    [property: MaxLength(2_800_000), Description("Base64 of a picture, at most 2 MB.")] string? Picture = null)
{
    /// <summary>Null when it is not base64.</summary>
    internal byte[]? Bytes()
    {
        var encoded = Encoding.ASCII.GetBytes(Picture!);
        return Base64.IsValid(encoded) ? Convert.FromBase64String(Picture!) : null;
    }
}

public sealed record ScannedIbanResponse(
    string Iban,
    [property: Description("ISO 3166-1 alpha-2."), Example("AL")] string Country,
    [property: Description("Null when it is not known.")] string? Bank);

/// <summary>Text or a picture: exactly one.</summary>
public sealed record NothingScanned(string Field) : Invalid("nothing_scanned", Field);
