using System.Text.Json;

namespace Serverless.Banking.Devices;

internal static class Names
{
    /// <summary><c>soft_pin</c> of <c>SoftPin</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
