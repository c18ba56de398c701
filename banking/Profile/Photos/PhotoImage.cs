using Serverless.Banking.Documents;

namespace Serverless.Banking.Profile;

/// <summary>Makes an uploaded picture one that can be served: known by its content, without metadata, 512 by 512.</summary>
/// <remarks>
/// A picture is decoded, turned upright, cut to its middle square and made anew. Of a JPEG that has the right size already what is not needed to show it is left out, and it stays
/// one. Why: docs/adr/0013-profile-photos.md.
/// </remarks>
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
            var (_, width, height) when width > PngPicture.SideAtMost || height > PngPicture.SideAtMost => new ImageTooLarge(field, BytesAtMost),
            var (bytes, width, height) => OfJpeg(bytes, width == Side && height == Side, JpegOrientation.Of(upload), field),
        };
    }

    private static Result<DocumentFile> OfJpeg(byte[] stripped, bool isFit, int orientation, string field) =>
        isFit && orientation == JpegOrientation.Upright ? new DocumentFile("photo.jpg", "image/jpeg", stripped)
        : JpegPixels.Read(stripped, Side) is { } picture ? new DocumentFile("photo.png", "image/png", picture.MiddleSquare(Side).Turn(orientation).ToPng())
        : isFit ? new DocumentFile("photo.jpg", "image/jpeg", stripped)
        : new ImageDimensions(field, Side);
}
