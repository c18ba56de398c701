using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Functions.Http;

/// <summary>
/// Seals where a list's next page begins (AES-256-GCM): the client cannot read it, alter it, or use it on another list, with other filters
/// or as another customer.
/// </summary>
internal sealed class Cursors(byte[] key, string purpose)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Longer text is no cursor of ours; one over a hundred accounts is not.</summary>
    public const int MaxLength = 4096;

    public static Cursors Of(HttpRequest request)
    {
        var call = Call.Of(request);
        var filters = request.Query.Where(q => q.Key is not ("limit" or "cursor")).OrderBy(q => q.Key, StringComparer.Ordinal)
            .Select(q => $"{q.Key}={q.Value}");
        return new Cursors(
            request.HttpContext.RequestServices.GetRequiredService<ApiOptions>().CursorKeyBytes,
            string.Join('\n', [call.Declaration.Name, request.Path, call.Caller?.Subject ?? "", .. filters]));
    }

    public string? Seal(string? position)
    {
        if (position is null)
            return null;
        var plain = Encoding.UTF8.GetBytes(position);
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length),
            Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Null unless this list gave the cursor to this caller.</summary>
    public string? Open(string cursor)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length < NonceBytes + TagBytes)
            return null;
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain,
                Encoding.UTF8.GetBytes(purpose));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
