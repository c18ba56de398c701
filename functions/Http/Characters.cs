using System.Globalization;
using System.Text;

namespace Serverless.Functions.Http;

/// <summary>Which characters text from outside may have.</summary>
internal static class Characters
{
    /// <summary>The default pattern of the OpenAPI document; the code below also refuses what a pattern cannot say well.</summary>
    public const string Pattern = @"^[^\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*$";

    /// <summary>The same for text with line breaks and tabs.</summary>
    public const string MultilinePattern = @"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*$";

    /// <summary>The same as <see cref="Pattern"/>, with GS1's group separator.</summary>
    public const string ScannedPattern = @"^[^\u0000-\u001C\u001E\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*$";

    /// <summary>No control characters, none that reorder text (so that a name cannot pose as another), no half surrogate pairs, no non-characters.</summary>
    public static bool AreAllowed(string text, bool multiline)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || !IsAllowed(rune, multiline))
                return false;
            rest = rest[length..];
        }

        return true;
    }

    private static bool IsAllowed(Rune rune, bool multiline) => rune.Value switch
    {
        '\n' or '\r' or '\t' => multiline,
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => false,
        var v when (v & 0xFFFE) == 0xFFFE => false,
        _ => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control,
    };
}
