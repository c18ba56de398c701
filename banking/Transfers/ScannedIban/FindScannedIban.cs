using Serverless.Banking.Accounts;
using Serverless.Banking.Interbank;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Transfers;

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Bank">Null when it is not known.</param>
public sealed record ScannedIban(Iban Iban, string Country, string? Bank);

/// <summary>Finds the IBAN in recognised text, or in a picture that a partner reads (TRF-14).</summary>
public sealed class FindScannedIban
{
    private const int ShortestIban = 15;
    private const int LongestIban = 34;

    private readonly OcrClient reader;
    private readonly BankDirectory banks;

    internal FindScannedIban(OcrClient reader, BankDirectory banks) => (this.reader, this.banks) = (reader, banks);

    /// <returns>The one IBAN. Or <see cref="IbanNotFound"/>, <see cref="SeveralIbans"/>.</returns>
    public Result<ScannedIban> Run(string text)
    {
        var found = Find(text);
        return found.Count switch
        {
            0 => new IbanNotFound(),
            1 => new ScannedIban(found[0], found[0].Electronic[..2], banks.Find(found[0])?.Name),
            var count => new SeveralIbans(count),
        };
    }

    /// <returns>As for text; or <see cref="PictureUnreadable"/>, <see cref="OcrUnavailable"/>.</returns>
    public async Task<Result<ScannedIban>> RunAsync(byte[] picture, CancellationToken cancellation)
    {
        // What no reader could open needs no partner: JPEG, PNG, PDF and the like begin with their own bytes.
        if (picture.Length < 8 || !IsPicture(picture))
            return new PictureUnreadable();
        var read = await reader.ReadAsync(picture, cancellation);
        return read.Then<ScannedIban>(text => text is null ? new PictureUnreadable() : Run(text));
    }

    /// <summary>All different ones. People and printers put spaces, hyphens and dots between the groups, and break lines within.</summary>
    internal static IReadOnlyList<Iban> Find(string text)
    {
        var found = new Dictionary<string, Iban>(StringComparer.Ordinal);
        for (var start = 0; start < text.Length - ShortestIban; start++)
        {
            // An IBAN begins a word, or follows what is not part of one.
            if (!char.IsAsciiLetter(text[start]) || (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])))
                continue;
            if (Longest(text, start) is { } iban)
                found.TryAdd(iban.Electronic, iban);
        }

        return [.. found.Values];
    }

    private static Iban? Longest(string text, int start)
    {
        var letters = new System.Text.StringBuilder(LongestIban);
        for (var at = start; at < text.Length && letters.Length < LongestIban; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
                letters.Append(text[at]);
            else if (text[at] is not (' ' or '-' or '.' or '\n' or '\r' or '\t' or '\u00a0'))
                break;

            // The length belongs to the country, so at most one prefix fits.
            if (letters.Length >= ShortestIban && Iban.Find(letters.ToString()) is { } iban && !Continues(text, at))
                return iban;
        }

        return null;
    }

    /// <summary>In the middle of a word the number goes on, and is another one.</summary>
    private static bool Continues(string text, int at) => at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1]);

    private static bool IsPicture(byte[] bytes) =>
        bytes is [0xFF, 0xD8, 0xFF, ..] or [0x89, 0x50, 0x4E, 0x47, ..] or [0x25, 0x50, 0x44, 0x46, ..] or [0x52, 0x49, 0x46, 0x46, ..]
            or [0x49, 0x49, 0x2A, 0x00, ..] or [0x4D, 0x4D, 0x00, 0x2A, ..] or [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..];
}

public sealed record IbanNotFound() : Refused("iban_not_found");

public sealed record SeveralIbans(int Count) : Refused("several_ibans");

/// <summary>No picture that can be read: damaged, of an unknown kind, or too blurred.</summary>
public sealed record PictureUnreadable() : Refused("picture_unreadable");
