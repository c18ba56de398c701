using System.Text;

namespace Serverless.Testing;

/// <summary>A JPEG as browsers and cameras write it (sequential, colours at half the resolution): 48 by 32, its quarters red, green, blue and white.</summary>
public static class CameraPicture
{
    private const string Base64 =
        "/9j/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7" +
        "Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozv/wAARCAAgADADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAYIBf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAY" +
        "AQADAQEAAAAAAAAAAAAAAAACBgcEBf/EAB8RAQAABAcAAAAAAAAAAAAAAAACBAUGQUNEgYLBwv/aAAwDAQACEQMRAD8A4ADiqaKFPKEMSeXvp+XkACnqRAWIwjSTNrSRdrmXv01yuIAX" +
        "Wx//2Q==";

    /// <param name="orientation">How the camera was held, as Exif counts; null: it does not say.</param>
    /// <param name="place">Something that is nobody's business, in the metadata.</param>
    public static byte[] Jpeg(int? orientation = null, string place = "") =>
        [0xFF, 0xD8, .. Exif(orientation, place), .. Convert.FromBase64String(Base64).AsSpan(2)];

    private static byte[] Exif(int? orientation, string place)
    {
        if (orientation is not { } held)
            return [];
        byte[] body =
        [
            .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)held, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(place),
        ];
        return [0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];
    }
}
