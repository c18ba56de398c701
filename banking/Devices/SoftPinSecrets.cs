using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Devices;

/// <summary>The secret of one trusted device as it is stored.</summary>
/// <param name="Sealed">AES-256-GCM, bound to the customer and the installation.</param>
/// <param name="UsedStep">The last time step whose code was used; a code is used once, and none before it is taken any more.</param>
internal sealed record SoftPinSecret(string Sealed, long UsedStep);

/// <summary>Soft PINs: 6 digits of RFC 6238 over steps of 60 seconds (AUTH-24).</summary>
internal sealed class SoftPinSecrets(IOptions<DevicesOptions> options)
{
    public const int Digits = 6;
    private const int SecretBytes = 32;
    private const int StepsOfTolerance = 1;

    /// <summary>How far back a code is recognised as having been right; further back it is just wrong.</summary>
    private const int StepsRemembered = 10;

    private static readonly Duration StepLength = Duration.FromSeconds(60);

    private readonly Lazy<byte[][]> keys = new(() => options.Value.KeyBytes());

    public SoftPinSecret New(CustomerId customer, InstallationId installation) =>
        new(SealedText.Seal(keys.Value[0], Bind(customer, installation), RandomNumberGenerator.GetBytes(SecretBytes)), UsedStep: -1);

    public SoftPin Current(Device device, Instant now)
    {
        var step = StepOf(now);
        return new SoftPin(Totp.Code(Open(device), step, Digits), Instant.FromUnixTimeTicks(0) + (StepLength * (step + 1)));
    }

    /// <summary>Whether the code of this moment was used, so that only a new secret helps.</summary>
    public static bool IsUsed(SoftPinSecret secret, Instant now) => secret.UsedStep >= StepOf(now);

    /// <returns>The step whose code it is, for <see cref="SoftPinSecret.UsedStep"/>. Or <see cref="SoftPinExpired"/>, <see cref="SoftPinWrong"/>.</returns>
    /// <remarks>Every candidate is computed and compared in constant time.</remarks>
    public Result<long> Check(Device device, string code, Instant now)
    {
        var secret = Open(device);
        var current = StepOf(now);
        long? matched = null;
        for (var step = current + StepsOfTolerance; step >= current - StepsRemembered; step--)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Totp.Code(secret, step, Digits)), Encoding.UTF8.GetBytes(code));
            matched = isSame && matched is null ? step : matched;
        }

        return matched is not { } found ? new SoftPinWrong()
            : found < current - StepsOfTolerance || found <= device.SoftPin!.UsedStep ? new SoftPinExpired()
            : found;
    }

    private static long StepOf(Instant moment) => moment.ToUnixTimeTicks() / StepLength.BclCompatibleTicks;

    private byte[] Open(Device device) =>
        SealedText.Open(keys.Value, Bind(device.Customer, device.Id), device.SoftPin!.Sealed)
        ?? throw new InvalidOperationException($"The Soft PIN secret of device {device.Id} opens with none of the keys: put the old one back into Devices:OldKeys.");

    private static string Bind(CustomerId customer, InstallationId installation) => $"soft_pin\n{customer.Value}\n{installation.Value}";
}

/// <param name="Code">Six digits.</param>
/// <param name="ExpiresAt">The end of its minute; for one minute more it is still taken, for clocks and slow fingers.</param>
public sealed record SoftPin(string Code, Instant ExpiresAt);
