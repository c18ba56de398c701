using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Notifications;

/// <summary>Names a notice by what it is about; also the key by which the message gateways deliver it once.</summary>
/// <remarks>The default value of this type names nothing.</remarks>
public readonly record struct NoticeId
{
    private NoticeId(string value) => Value = value;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Value { get; }

    /// <summary>The same parts in the same order always give the same id.</summary>
    public static NoticeId Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new NoticeId(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }

    /// <summary>For ids that the bank itself stored.</summary>
    /// <exception cref="ArgumentException">Not 32 lower-case hexadecimal digits.</exception>
    public static NoticeId Parse(string value) => Find(value) ?? throw new ArgumentException("Not a notice id.", nameof(value));

    public static NoticeId? Find(string? value) =>
        value is { Length: 32 } && value.All(char.IsAsciiHexDigitLower) ? new NoticeId(value) : null;

    public override string ToString() => Value;
}
