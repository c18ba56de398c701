using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Sessions;

/// <summary>The key that signs access tokens now, and all that are taken.</summary>
public sealed class SessionKeys
{
    private readonly Lazy<IReadOnlyList<P256Key>> keys;

    /// <param name="options">Read once: a change of key is a restart, of one instance after the other.</param>
    public SessionKeys(IOptions<SessionsOptions> options) =>
        keys = new Lazy<IReadOnlyList<P256Key>>(() => KeyRing.Load("Sessions", options.Value.SigningKey, options.Value.KeyFile, options.Value.OtherKeys));

    /// <summary>The signing key first.</summary>
    public IReadOnlyList<JsonWebKey> Public => [.. keys.Value.Select(key => key.Public)];

    internal P256Key Signing => keys.Value[0];

    internal P256Key? Find(string? id) => keys.Value.FirstOrDefault(key => key.Id == id);
}
