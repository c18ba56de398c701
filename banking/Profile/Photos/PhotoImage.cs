using Serverless.Banking.Documents;

namespace Serverless.Banking.Profile;

/// <summary>Makes an uploaded picture one that can be served: known by its content, without metadata, 512 by 512.</summary>
/// <remarks>A PNG is decoded, cut to its middle square and made anew; of a JPEG what is not needed to show it is left out. Why: docs/adr/0013-profile-photos.md.</remarks>
internal static class PhotoImage
{
    public const int Side = 512;
    public const int BytesAtMost = 5 * 1024 * 1024;

    /// <returns>The file; or, first match: <see cref="ImageTooLarge"/>, <see cref="ImageType"/>, <see cref="ImageDimensions"/>.</returns>
    public static Result<DocumentFile> Normalise(byte[] upload, string field)
    {
        if (upload.Length > BytesAtMost)
            return new ImageTooLarge(field, BytesAtMost);
        if (PngPicture.IsPng(upload))
        {
            return PngPicture.Read(upload) switch
            {
                { IsTooLarge: true } => new ImageTooLarge(field, BytesAtMost),
                { Picture: { } picture } => new DocumentFile("photo.png", "image/png", picture.MiddleSquare(Side).ToPng()),
                _ => new ImageType(field),
            };
        }

        return JpegPicture.Strip(upload) switch
        {
            null => new ImageType(field),
            var (_, width, height) when width != Side || height != Side => new ImageDimensions(field, Side),
            var (bytes, _, _) => new DocumentFile("photo.jpg", "image/jpeg", bytes),
        };
    }
}
