using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Sessions;

/// <summary>Names one session: 16 bytes in base64url. It says nothing and opens nothing.</summary>
/// <remarks>The default value of this type is no session.</remarks>
public readonly record struct SessionId
{
    internal const int Bytes = 16;
    private const int Length = 22;

    private SessionId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null for another form.</summary>
    public static SessionId? Find(string? text) =>
        text is { Length: Length } && Base64Url.IsValid(text) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)) == text ? new SessionId(text) : null;

    internal static SessionId New() => Of(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The session that one login opens, however often it is asked to.</summary>
    internal static SessionId Of(CustomerId customer, string origin) =>
        Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{customer.Value}\n{origin}")).AsSpan(0, Bytes));

    internal static SessionId Of(ReadOnlySpan<byte> bytes) => new(Base64Url.EncodeToString(bytes));

    internal byte[] ToBytes() => Base64Url.DecodeFromChars(Value);

    public override string ToString() => Value;
}
