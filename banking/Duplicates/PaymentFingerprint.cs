using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Duplicates;

/// <summary>What two payments have in common that may be one made twice: payee, amount and reference. Kept beside an order, so that storage finds the like of it.</summary>
public static class PaymentFingerprint
{
    /// <param name="payee">Account or client code, always written the same way.</param>
    /// <param name="reference">What the payer wrote; capitals and spaces at the ends make no other payment of it.</param>
    public static string Of(string payee, Money amount, string? reference)
    {
        var text = string.Join(
            '\n', payee, amount.Currency.Code, amount.Minor.ToString(CultureInfo.InvariantCulture), (reference ?? "").Trim().ToUpperInvariant());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
