using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Serverless.Testing;

/// <summary>What nobody but its owner may know: every password, code, PIN and token that came up in a test. Whoever makes or sees one says so here.</summary>
public sealed class Secrets
{
    /// <summary>Shorter ones come up by chance in the middle of numbers, so they count only where they stand alone.</summary>
    private const int StandsOut = 8;

    private readonly ConcurrentDictionary<string, string> kinds = new(StringComparer.Ordinal);

    public int Count => kinds.Count;

    /// <param name="kind">In a word: <c>password</c>, <c>otp</c>.</param>
    public void Add(string kind, string secret) => kinds[secret] = kind;

    /// <summary>Finds them as they are, in base64 (wherever they begin in what was encoded), in hexadecimal and in UTF-16.</summary>
    /// <returns>Kinds with the place, never the secret itself.</returns>
    public IReadOnlyList<string> FindIn(IEnumerable<(string Place, byte[] Content)> contents)
    {
        var spellings = kinds.SelectMany(it => Spellings(it.Key).Select(spelling => (spelling.Text, spelling.How, Secret: it.Key, Kind: it.Value))).ToLookup(it => it.Text, StringComparer.Ordinal);
        if (spellings.Count == 0)
            return [];
        var any = SearchValues.Create([.. spellings.Select(it => it.Key)], StringComparison.Ordinal);
        var found = new List<string>();
        foreach (var (place, content) in contents)
        {
            // One character for each byte, so that what is not text is searched like text.
            var text = Encoding.Latin1.GetString(content);
            for (var from = 0; from < text.Length && text.AsSpan(from).IndexOfAny(any) is var at && at >= 0; from += at + 1)
            {
                var start = from + at;
                var hit = spellings.Where(it => string.CompareOrdinal(text, start, it.Key, 0, it.Key.Length) == 0).SelectMany(it => it).FirstOrDefault(it => StandsAlone(text, start, it.Text, it.Secret));
                if (hit.Kind is not null)
                    found.Add($"{hit.Kind} {hit.How} in {place}");
            }
        }

        return [.. found.Distinct()];
    }

    private static bool StandsAlone(string text, int start, string spelling, string secret) => secret.Length >= StandsOut || spelling != secret
        || ((start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])) && (start + spelling.Length == text.Length || !char.IsAsciiLetterOrDigit(text[start + spelling.Length])));

    private static IEnumerable<(string Text, string How)> Spellings(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return (Encoding.Latin1.GetString(bytes), "as it is");
        yield return (Convert.ToHexString(bytes), "in hexadecimal");
        yield return (Convert.ToHexStringLower(bytes), "in hexadecimal");
        yield return (Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)), "in UTF-16");
        yield return (Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(secret)), "in UTF-16");
        foreach (var encoded in Enumerable.Range(0, 3).Select(before => Base64(bytes, before)).Where(encoded => encoded.Length > 5))
        {
            yield return (encoded, "in base64");
            if (encoded.AsSpan().IndexOfAny('+', '/') >= 0)
                yield return (encoded.Replace('+', '-').Replace('/', '_'), "in base64");
        }
    }

    /// <summary>The characters that depend on nothing but the secret when that many bytes (of three) come before it.</summary>
    private static string Base64(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = before == 0 ? 0 : before + 1;
        var last = (before + bytes.Length) * 8 / 6;
        return encoded[first..last];
    }
}
