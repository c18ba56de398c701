using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Devices;

/// <summary>What a signed nonce is good for; it is good for nothing else.</summary>
public enum DevicePurpose
{
    /// <summary>Biometric login (AUTH-06, AUTH-07), with the biometric key.</summary>
    BiometricLogin,

    /// <summary>The code of a login, given by the device itself (AUTH-08).</summary>
    SmartOtp,

    /// <summary>The login of the QR-pay menu (AUTH-21).</summary>
    SmartPayLogin,

    /// <summary>The Soft PIN, with or without a session (AUTH-09, AUTH-10).</summary>
    SoftPin,

    /// <summary>Whom the installation remembers (AUTH-04).</summary>
    Remembered,

    /// <summary>Trusting the device after the offer (PROF-13).</summary>
    Trust,

    /// <summary>Trusting the device by the identity document (PROF-14); only given after the password.</summary>
    TrustByDocument,

    /// <summary>Switching biometric login on, with the new biometric key (AUTH-05).</summary>
    EnableBiometrics,

    /// <summary>A new password without the old one (AUTH-18).</summary>
    ChangePassword,

    /// <summary>Any other function that only trusted devices have (PROF-27).</summary>
    TrustedCall,
}

/// <param name="Nonce">What the device signs.</param>
public sealed record DeviceChallenge(string Nonce, Instant ExpiresAt);

/// <param name="Signature">ES256 over the UTF-8 of the nonce, or of nonce, full stop, bound text: base64url of 64 bytes.</param>
public sealed record DeviceProof(InstallationId Installation, string Nonce, string Signature);

/// <summary>Nonces that a device signs to show that it still has its key (PROF-27).</summary>
/// <remarks>
/// A nonce is sealed text that says for which purpose and installation it is and until when, so that asking for one stores nothing and tells nothing, whoever asks.
/// Only one that was signed well is written down, as used. See docs/adr/0017-device-keys.md.
/// </remarks>
public sealed class DeviceChallenges
{
    public const int NonceLengthAtMost = 200;
    public const int SignatureLength = 86;
    private const int IdBytes = 16;

    private readonly BankTables tables;
    private readonly DevicesOptions options;
    private readonly TimeProvider time;
    private readonly Lazy<byte[][]> keys;

    internal DeviceChallenges(BankTables tables, IOptions<DevicesOptions> options, TimeProvider time)
    {
        (this.tables, this.options, this.time) = (tables, options.Value, time);
        keys = new(() => this.options.KeyBytes());
    }

    /// <summary>For any installation, known or not. No storage call.</summary>
    /// <param name="customer">For nonces that only one customer may use, because something was checked before; null otherwise.</param>
    public DeviceChallenge Issue(InstallationId installation, DevicePurpose purpose, CustomerId? customer = null)
    {
        var expiresAt = Instant.FromUnixTimeMilliseconds((Now() + Duration.FromTimeSpan(options.NonceLifetime)).ToUnixTimeMilliseconds());
        var plain = new byte[IdBytes + sizeof(long)];
        RandomNumberGenerator.Fill(plain.AsSpan(0, IdBytes));
        BitConverter.TryWriteBytes(plain.AsSpan(IdBytes), expiresAt.ToUnixTimeMilliseconds());
        return new DeviceChallenge(SealedText.Seal(keys.Value[0], Bind(installation, purpose, customer), plain), expiresAt);
    }

    /// <summary>Whether this installation signed one of our nonces for this purpose just now, with this key. One storage call when it did.</summary>
    /// <param name="boundTo">What else was signed, so that it cannot be exchanged.</param>
    /// <param name="order">Names the order that the signature is for: its repetition may use the nonce again. Null: once, whatever it is for.</param>
    /// <returns>Or, first match: <see cref="NonceInvalid"/>, <see cref="NonceExpired"/>, <see cref="BadSignature"/> (also without a key), <see cref="NonceUsed"/>.</returns>
    public async Task<Result<Nothing>> CheckAsync(
        DeviceProof proof, DevicePurpose purpose, DeviceKey? key, CancellationToken cancellation, CustomerId? customer = null, string? boundTo = null,
        string? order = null)
    {
        if (SealedText.Open(keys.Value, Bind(proof.Installation, purpose, customer), proof.Nonce) is not { Length: IdBytes + sizeof(long) } plain)
            return new NonceInvalid();
        var expiresAt = Instant.FromUnixTimeMilliseconds(BitConverter.ToInt64(plain, IdBytes));
        if (expiresAt <= Now())
            return new NonceExpired();
        if (key is null || !Base64Url.IsValid(proof.Signature)
            || !key.Verifies(Encoding.UTF8.GetBytes(boundTo is null ? proof.Nonce : $"{proof.Nonce}.{boundTo}"), Base64Url.DecodeFromChars(proof.Signature)))
            return new BadSignature();
        return await UseAsync(Convert.ToHexStringLower(plain.AsSpan(0, IdBytes)), expiresAt, order, cancellation);
    }

    /// <summary>Erases what is remembered of nonces that have expired an hour ago.</summary>
    public async Task<int> EraseUsedAsync(CancellationToken cancellation)
    {
        var table = tables.Open(DeviceNonceKeys.Table);
        var border = DeviceNonceKeys.Partition(Now() - Duration.FromHours(1));
        var count = 0;
        var batch = new List<TableTransactionAction>();
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey lt {border}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
        {
            if (batch.Count == 100 || (batch.Count > 0 && batch[0].Entity.PartitionKey != row.PartitionKey))
                await SubmitAsync();
            batch.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            count++;
        }

        await SubmitAsync();
        return count;

        async Task SubmitAsync()
        {
            if (batch.Count == 0)
                return;
            try
            {
                await table.SubmitTransactionAsync(batch, cancellation);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // Another instance erases them too.
            }

            batch.Clear();
        }
    }

    private async Task<Result<Nothing>> UseAsync(string id, Instant expiresAt, string? order, CancellationToken cancellation)
    {
        var table = tables.Open(DeviceNonceKeys.Table);
        try
        {
            await table.AddEntityAsync(new TableEntity(DeviceNonceKeys.Partition(expiresAt), id) { ["Order"] = order! }, cancellation);
            return default(Nothing);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            if (order is null)
                return new NonceUsed();
            var used = await table.GetEntityIfExistsAsync<TableEntity>(DeviceNonceKeys.Partition(expiresAt), id, null, cancellation);
            return used.HasValue && used.Value!.GetString("Order") == order ? default(Nothing) : new NonceUsed();
        }
    }

    private static string Bind(InstallationId installation, DevicePurpose purpose, CustomerId? customer) =>
        $"device_nonce\n{purpose}\n{installation.Value}\n{customer?.Value}";

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
