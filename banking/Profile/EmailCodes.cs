using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Profile;

/// <summary>Codes that confirm a new e-mail address: derived from the change by a key, so none is stored and a repeated e-mail says the same.</summary>
internal sealed class EmailCodes(IOptions<NotificationsOptions> options)
{
    private const int Digits = 6;
    private const long Range = 1_000_000;

    /// <summary>Six digits.</summary>
    public string Of(StoredEmailChange change)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(options.Value.Key), 32, info: "email code"u8.ToArray());
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{change.Customer.Value}\n{change.Id:N}\n{change.Email}"));

        // 64 bits onto a million: no code is noticeably more likely.
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) % Range).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    public bool IsGood(StoredEmailChange change, string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(change)), Encoding.UTF8.GetBytes(code));
}
