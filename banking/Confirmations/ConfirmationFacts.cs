using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Confirmations;

/// <summary>What a customer confirms, as he is shown it: the four things that a code or a signature is bound to (AUTH-29).</summary>
/// <param name="Operation">The bank's name of it, snake_case: <c>inside_transfer</c>.</param>
/// <param name="Amount">What the payee gets; null where no money is meant.</param>
/// <param name="Payee">Name and account, or what is changed; at most <see cref="PayeeAtMost"/> characters, no control characters. Null for nobody.</param>
/// <remarks>Always the bank's own, sealed with what will be done; what a client says about them counts nowhere. Source: Regulation (EU) 2018/389, article 5.</remarks>
public sealed record ConfirmationFacts(string Operation, Money? Amount = null, string? Payee = null)
{
    public const int PayeeAtMost = 200;

    /// <param name="parts">Name, account; empty ones are left out.</param>
    public static ConfirmationFacts Of(string operation, Money? amount, params string?[] parts)
    {
        var text = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        var clean = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return new ConfirmationFacts(operation, amount, clean.Length == 0 ? null : clean.Length > PayeeAtMost ? clean[..PayeeAtMost] : clean);
    }

    /// <summary>SHA-256, base64url, of operation, decimal amount, currency code and payee in UTF-8, one to a line, an empty line for what is null.</summary>
    public string Hash() => ConfirmationHash.Of($"{Operation}\n{Amount?.ToDecimalString()}\n{Amount?.Currency.Code}\n{Payee}");
}

/// <summary>SHA-256 of a text's UTF-8, base64url without padding.</summary>
public static class ConfirmationHash
{
    public static string Of(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
