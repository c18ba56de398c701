using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Receipts;

/// <summary>The key that signs now, and all that ever signed.</summary>
public sealed class ReceiptKeys
{
    private readonly Lazy<IReadOnlyList<P256Key>> keys;

    /// <param name="options">Read once: a change of key is a restart.</param>
    public ReceiptKeys(IOptions<ReceiptsOptions> options) =>
        keys = new Lazy<IReadOnlyList<P256Key>>(() => KeyRing.Load("Receipts", options.Value.SigningKey, options.Value.KeyFile, options.Value.OldKeys));

    /// <summary>What anybody needs to verify receipts offline, the signing key first.</summary>
    public IReadOnlyList<JsonWebKey> Public => [.. keys.Value.Select(key => key.Public)];

    internal P256Key Signing => keys.Value[0];

    internal P256Key? Find(string id) => keys.Value.FirstOrDefault(key => key.Id == id);
}
