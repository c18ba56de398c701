using QRCoder;

namespace Serverless.Banking.SmartPay;

/// <summary>A QR code as a picture, for sending or printing; apps that draw themselves need only the text.</summary>
public static class QrImage
{
    public const string MediaType = "image/png";
    private const int PixelsOfModule = 6;

    /// <summary>PNG, black on white, medium error correction.</summary>
    public static byte[] Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsOfModule);
    }
}
