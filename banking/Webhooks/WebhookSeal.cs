using Microsoft.Extensions.Options;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Webhooks;

/// <summary>Seals what only the bank may read, bound to where it lies.</summary>
internal sealed class WebhookSeal(IOptions<WebhooksOptions> options)
{
    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    public byte[] Seal(string place, ReadOnlySpan<byte> plain) => SealedBytes.Seal(keys.Value[0], place, plain);

    /// <exception cref="InvalidOperationException">None of the keys sealed it: a key was taken away too early.</exception>
    public byte[] Open(string place, ReadOnlySpan<byte> sealedBytes) =>
        SealedBytes.Open(keys.Value, place, sealedBytes) ?? throw new InvalidOperationException($"What lies at {place} was sealed with an unknown key.");
}
