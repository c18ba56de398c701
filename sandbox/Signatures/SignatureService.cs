using System.Security.Cryptography;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Signatures;

/// <summary>Has documents signed, and tells the bank what came of it. Every method is one step under one lock.</summary>
internal sealed class SignatureService(SandboxClock clock, Schedule schedule, WebhookSender webhooks, SignatureKey key)
{
    public const string Id = "qualified-signature";

    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBxdWFsaWZpZWQgc2lnbmF0dXJl";

    public const string Completed = "signature.completed";

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, Signature> signatures = new(StringComparer.Ordinal);

    public static string DigestOf(byte[] document) => Convert.ToHexStringLower(SHA256.HashData(document));

    /// <summary>Opened once, however often it is asked for.</summary>
    /// <returns>Null when the id was used for another document or signer.</returns>
    public (Signature Signature, bool IsNew)? Open(Party party, SignatureOrder order)
    {
        Signature signature;
        lock (gate)
        {
            if (signatures.TryGetValue(order.SignatureId, out var known))
                return known.Order == order ? (known, false) : null;
            signature = signatures[order.SignatureId] =
                new Signature(order, RandomNumberGenerator.GetHexString(32, lowercase: true), clock.Now + Life, SignatureStatus.Waiting, null);
        }

        schedule.At(signature.ExpiresAt, _ =>
        {
            if (Become(order.SignatureId, SignatureStatus.Expired, null) is { } expired)
                Tell(party, expired);
            return Task.CompletedTask;
        });
        return (signature, true);
    }

    public Signature? Find(string signatureId)
    {
        lock (gate)
        {
            return signatures.GetValueOrDefault(signatureId);
        }
    }

    public Signature? FindByToken(string token)
    {
        lock (gate)
        {
            return signatures.Values.FirstOrDefault(signature => signature.Token == token);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Signature> All()
    {
        lock (gate)
        {
            return [.. signatures.Values];
        }
    }

    /// <returns>Null when it was over already.</returns>
    public Signature? Cancel(string signatureId) => Become(signatureId, SignatureStatus.Cancelled, null);

    /// <summary>The signer's word; the bank is told at once, or as long afterwards as the knobs say.</summary>
    /// <returns>Null when it was over already.</returns>
    public Signature? End(Party party, Mood mood, Signature signature, bool isSigned)
    {
        var (status, jws) = isSigned ? (SignatureStatus.Signed, key.Sign(signature.Order, clock.Now)) : (SignatureStatus.Declined, null);
        if (Become(signature.Order.SignatureId, status, jws) is not { } ended)
            return null;
        if (!mood.IsPending)
        {
            Tell(party, ended);
        }
        else if (mood.SettleAfter is { } after)
        {
            schedule.At(clock.Now + after, _ =>
            {
                Tell(party, ended);
                return Task.CompletedTask;
            });
        }

        return ended;
    }

    public void Reset()
    {
        lock (gate)
        {
            signatures.Clear();
        }
    }

    private void Tell(Party party, Signature ended) =>
        webhooks.Send(party, Completed, new { ended.Order.SignatureId, ended.Status, Signature = ended.Jws, CompletedAt = clock.Now });

    private Signature? Become(string signatureId, SignatureStatus status, string? jws)
    {
        lock (gate)
        {
            return signatures.TryGetValue(signatureId, out var known) && known.Status == SignatureStatus.Waiting
                ? signatures[signatureId] = known with { Status = status, Jws = jws }
                : null;
        }
    }
}

internal sealed record SignatureOrder(
    string SignatureId, string DocumentName, string DocumentSha256, string PersonalNumber, string GivenNames, string Surname, string Language);

/// <param name="Token">Part of the signing page's address; who has it may sign. Never told to anybody but the bank.</param>
/// <param name="Jws">Null until it is signed.</param>
internal sealed record Signature(SignatureOrder Order, string Token, DateTimeOffset ExpiresAt, SignatureStatus Status, string? Jws);

internal enum SignatureStatus
{
    Waiting,
    Signed,
    Declined,
    Expired,
    Cancelled,
}
