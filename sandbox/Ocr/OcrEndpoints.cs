using System.Buffers.Binary;
using System.Text;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Ocr;

/// <summary>The reader of pictures; docs/partners.md. It looks at no pixels: it answers what a PNG's text chunks say, and any other picture is unreadable to it.</summary>
internal static class OcrEndpoints
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static void MapOcr(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add("ocr", "Reader of pictures", PartyKind.Ocr);
        app.MapParties("/readers", PartyKind.Ocr).MapContract().MapPost("/texts", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return Read(body.ToArray()) is { } text
                ? Answers.Json(200, new { Text = text })
                : Answers.Refuse(422, "unreadable", "Nothing can be read in the picture.");
        });
    }

    /// <summary>Null unless it is a whole PNG.</summary>
    private static string? Read(ReadOnlySpan<byte> picture)
    {
        if (!picture.StartsWith(Png))
        {
            return null;
        }

        var text = new StringBuilder();
        for (var at = Png.Length; at + 12 <= picture.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(picture[at..]);
            if (length > picture.Length - at - 12)
            {
                return null;
            }

            var type = Encoding.ASCII.GetString(picture.Slice(at + 4, 4));
            var data = picture.Slice(at + 8, (int)length);
            if (type == "tEXt")
            {
                text.AppendLine(Encoding.Latin1.GetString(data[(data.IndexOf((byte)0) + 1)..]));
            }

            if (type == "IEND")
            {
                return text.ToString();
            }

            at += 12 + (int)length;
        }

        return null;
    }
}
