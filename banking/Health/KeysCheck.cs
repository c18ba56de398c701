using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;
using Serverless.Banking.Quotes;
using Serverless.Banking.Receipts;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Health;

/// <summary>What signs can sign and be verified, what seals can seal and be opened. A vault's reference that was not resolved is no key.</summary>
/// <param name="sealing">Base64 of 32 bytes each; asked for at every look.</param>
internal sealed class KeysCheck(SessionKeys sessions, ReceiptKeys receipts, IEnumerable<SealingKey> sealing, IOptions<HealthOptions> options) : IReadinessCheck
{
    private static readonly byte[] Text = "ready"u8.ToArray();

    public string Name => "keys";

    public TimeSpan TimeOut => options.Value.KeysTimeOut;

    public Task<bool> IsReadyAsync(CancellationToken cancellation) =>
        Task.FromResult(Signs(sessions.Signing) && Signs(receipts.Signing) && sealing.All(key => Seals(Convert.FromBase64String(key.Read()))));

    private static bool Signs(P256Key key) => key.Verifies(Text, key.Sign(Text));

    private static bool Seals(byte[] key) => SealedBytes.Open([key], "ready", SealedBytes.Seal(key, "ready", Text)) is { } plain && plain.AsSpan().SequenceEqual(Text);
}

/// <summary>A key with which a capability seals.</summary>
public sealed record SealingKey(Func<string> Read);
