using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Sessions;

/// <summary>The refresh tokens of sessions: customer, session, number of the refresh, and a secret made from the setting, the session's salt and that number.</summary>
/// <remarks>
/// Nothing of a token is stored, so a reader of the tables cannot make one, nor can whoever has the setting alone; and any token that the bank ever gave out
/// for a session is told from a guess, which is what detecting its reuse needs. See docs/adr/0015-sessions.md.
/// </remarks>
internal sealed class RefreshTokens(IOptions<SessionsOptions> options)
{
    private const int SecretBytes = 32;
    private const int HeaderBytes = 4 + SessionId.Bytes + 4;

    private readonly Lazy<byte[]> key = new(() => Convert.FromBase64String(options.Value.RefreshKey));

    public string Write(CustomerId customer, SessionId session, int generation, byte[] salt)
    {
        var bytes = new byte[HeaderBytes + SecretBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, int.Parse(customer.Value, System.Globalization.CultureInfo.InvariantCulture));
        session.ToBytes().CopyTo(bytes, 4);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + SessionId.Bytes), generation);
        Secret(bytes.AsSpan(0, HeaderBytes), salt).CopyTo(bytes, HeaderBytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for another form. Whether it is genuine only the session's row can tell.</summary>
    public static RefreshToken? Find(string text)
    {
        if (text.Length != (((HeaderBytes + SecretBytes) * 4) + 2) / 3 || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length != HeaderBytes + SecretBytes || Base64Url.EncodeToString(bytes) != text)
            return null;
        var number = BinaryPrimitives.ReadInt32BigEndian(bytes);
        var generation = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + SessionId.Bytes));
        return number is >= 0 and <= 999_999_999 && generation >= 0
            ? new RefreshToken(CustomerId.Of($"{number:D9}"), SessionId.Of(bytes.AsSpan(4, SessionId.Bytes)), generation, bytes)
            : null;
    }

    /// <summary>In constant time.</summary>
    public bool IsGenuine(RefreshToken token, byte[] salt) =>
        CryptographicOperations.FixedTimeEquals(token.Bytes.AsSpan(HeaderBytes), Secret(token.Bytes.AsSpan(0, HeaderBytes), salt));

    private byte[] Secret(ReadOnlySpan<byte> header, byte[] salt) => HMACSHA256.HashData(key.Value, (byte[])[.. salt, .. header]);
}

/// <param name="Generation">Of which refresh it came; 0 from the sign-in.</param>
internal sealed record RefreshToken(CustomerId Customer, SessionId Session, int Generation, byte[] Bytes)
{
    public override string ToString() => $"refresh token of {Session}";
}
