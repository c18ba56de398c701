using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Notifications;

/// <summary>Seals what only the receiver of a notice may read (AES-256-GCM), bound to the notice's id.</summary>
internal sealed class SecretWords(IOptions<NotificationsOptions> options)
{
    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    /// <returns>Null for a notice without secrets.</returns>
    public string? Seal(Notice notice) => notice.SecretWords.Count == 0
        ? null
        : SealedText.Seal(keys.Value[0], Bind(notice.Id), JsonSerializer.SerializeToUtf8Bytes(notice.SecretWords));

    /// <returns>Empty for null, and for what has been erased.</returns>
    /// <exception cref="InvalidOperationException">None of the keys sealed it: a key was taken away too early.</exception>
    public IReadOnlyDictionary<string, string> Open(NoticeId id, string? text) => text is { Length: > 0 }
        ? SealedText.Open(keys.Value, Bind(id), text) is { } plain
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(plain)!
            : throw new InvalidOperationException($"The secret words of notice {id} were sealed with an unknown key.")
        : ImmutableDictionary<string, string>.Empty;

    private static string Bind(NoticeId id) => $"notice\n{id.Value}";
}
