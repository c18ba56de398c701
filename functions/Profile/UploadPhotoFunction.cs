using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Partners;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class UploadPhotoFunction(ChoosePhoto choose, PhotoAddresses addresses)
{
    internal const int BodyBytesAtMost = 8 * 1024 * 1024;
    internal const int TextAtMost = 7_000_000;

    [Function("Profile_UploadPhoto")]
    [Access(Right.Payment)]
    [NotConfirmed("A picture, no right.")]
    [Summary("Replaces the profile photo.",
        Details = "JPEG or PNG by content, up to 5 MB. It is turned upright, cut to its middle square and made 512 by 512; only a progressive JPEG has to have that size. "
            + "Metadata is left out.")]
    [Body<UploadPhotoRequest>(MaxBytes = BodyBytesAtMost)]
    [Answers<PhotoResponse>]
    [Refuses<ImageTooLarge>, Refuses<ImageType>, Refuses<ImageDimensions>, Refuses<ScannerUnavailable>, Refuses<ImageMalicious>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/profile/photo")] HttpRequest request) =>
        request.ReadBody<UploadPhotoRequest>()
            .Then(async body => Decode(body.Image, "/image") is { IsSuccess: true, Value: var image }
                ? await choose.UploadAsync(request.Customer(), image, "/image", body.Origin, request.HttpContext.RequestAborted)
                : (Result<CustomerProfile>)new ImageType("/image"))
            .Respond(profile => TypedResults.Ok(PhotoResponse.From(request.Customer(), profile, addresses)));

    internal static Result<byte[]> Decode(string base64, string field)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length > 0 ? bytes[..length] : new ImageType(field);
    }
}

public sealed record UploadPhotoRequest(
    [property: MaxLength(UploadPhotoFunction.TextAtMost), Description("The file in base64.")] string Image, PhotoOrigin Origin);
