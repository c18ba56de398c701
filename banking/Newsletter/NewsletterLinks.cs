using Microsoft.Extensions.Options;
using Serverless.Banking.Credentials;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Newsletter;

/// <summary>The links of the mails: the hash of the address and a keyed hash over what the link does, so that nothing of them is stored.</summary>
internal sealed class NewsletterLinks(KeyedHash hash, IOptions<DocumentsOptions> documents)
{
    public const string Confirm = "confirmations";
    public const string Unsubscribe = "unsubscriptions";

    public const int TokenLength = 128;

    public string HashOf(string email) => hash.Of("newsletter address", email);

    /// <param name="does"><see cref="Confirm"/> or <see cref="Unsubscribe"/>.</param>
    public Uri Create(string does, string address, int round) =>
        new(documents.Value.PublicUrl!, $"api/public/v1/newsletter/{does}/{address}{hash.Of("newsletter", does, address, Round(round))}");

    /// <returns>The hash of the address, for who knows the round; null when it is no token of ours for any round looked at.</returns>
    public static string? AddressOf(string token) => token.Length == TokenLength && token.All(char.IsAsciiHexDigitLower) ? token[..64] : null;

    public bool IsOf(string token, string does, int round) => hash.Matches(token[64..], "newsletter", does, token[..64], Round(round));

    private static string Round(int round) => round.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
