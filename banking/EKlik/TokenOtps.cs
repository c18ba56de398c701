using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.EKlik;

/// <summary>One-time passwords of tokens: six digits of RFC 6238 over steps of 30 seconds, good for 60 seconds from the beginning of their step, once (EKL-05, EKL-27).</summary>
/// <remarks>See docs/adr/0018-eklik-users-and-tokens.md for the steps, for what a PIN does to an mToken's secret, and for what binds a code to a payment.</remarks>
internal sealed class TokenOtps(IOptions<EKlikOptions> options)
{
    public const int Digits = 6;
    public const int StepSeconds = 30;

    /// <summary>A code is good in its own step and the next one.</summary>
    private const int StepsAlive = 2;

    /// <summary>How far back a code is recognised as having been right; further back it is just wrong.</summary>
    private const int StepsRemembered = 20;

    private readonly Lazy<byte[][]> keys = new(() => options.Value.KeyBytes());

    /// <summary>Seals what a token computes with.</summary>
    /// <param name="owner">The user's name, or the hardware token's serial number: nobody else's row opens it.</param>
    public string Seal(string purpose, string owner, byte[] secret) => SealedText.Seal(keys.Value[0], Bind(purpose, owner), secret);

    /// <exception cref="InvalidOperationException">None of the keys sealed it: an old key was taken away too early.</exception>
    public byte[] Open(string purpose, string owner, string text) => SealedText.Open(keys.Value, Bind(purpose, owner), text)
        ?? throw new InvalidOperationException($"A secret of {purpose} opens with none of the keys: put the old one back into EKlik:OldKeys.");

    public byte[] Open(EKlikRow row) => Open("otp", row.Name, row.Token!.Secret);

    /// <summary>Takes a one-time password: the row with what was counted and used, and what to answer.</summary>
    /// <param name="binding">What is confirmed; null for a sign-in. An mToken's code is made for it and good for nothing else.</param>
    /// <returns>The row. Or, first match: <see cref="NoTokenYet"/>, <see cref="TokenBlocked"/>, <see cref="TokenOtpRequired"/>, <see cref="TokenOtpOld"/>,
    /// <see cref="TokenOtpWrong"/>; the last wrong one is told <see cref="TokenBlocked"/>.</returns>
    public EKlikDecision<EKlikRow> Take(EKlikRow row, string? otp, string? binding, Instant now)
    {
        if (row.Token is not { } token)
            return new(row, new NoTokenYet());
        if (token.IsBlocked)
            return new(row, new TokenBlocked());
        if (otp is null)
            return new(row, new TokenOtpRequired());

        var isBound = binding is not null && token.Kind == EKlikTokenKind.MToken;
        var current = StepAt(now) + token.Drift;
        if (FindStep(row, otp, isBound ? binding : null, current) is not { } step)
        {
            var tries = token.Tries + 1;
            var isLast = tries >= options.Value.Tries;
            return new(row with { Token = token with { Tries = tries, IsBlocked = isLast } }, isLast ? new TokenBlocked() : new TokenOtpWrong(options.Value.Tries - tries));
        }

        if (step <= current - StepsAlive || (!isBound && step <= token.UsedStep))
            return new(row, new TokenOtpOld());

        // A bound code is used up by what it confirms, which takes one confirmation only; any other by its step.
        var after = row with { Token = token with { Tries = 0, UsedStep = isBound ? token.UsedStep : step, Drift = token.Drift + Math.Max(0, step - current) } };
        return after.Token == token ? new(row, row) : new(after, after);
    }

    /// <summary>Finds where a token is that shows these two codes one after the other.</summary>
    /// <returns>How far ahead it is and the step of the second code. Null: nowhere within the window, or not after what was used.</returns>
    public (long Drift, long Step)? Synchronise(EKlikRow row, string first, string second, Instant now)
    {
        var (secret, token) = (Open(row), row.Token!);
        var (current, reach) = (StepAt(now), options.Value.SynchronisingHours * 3600L / StepSeconds);
        (long, long)? found = null;
        for (var offset = -reach; offset <= reach; offset++)
        {
            var step = current + offset;
            if (IsSame(Totp.Code(secret, step, Digits, token.Algorithm.Name()), second) && IsSame(Totp.Code(secret, step - 1, Digits, token.Algorithm.Name()), first)
                && step - 1 > token.UsedStep)
                found ??= (offset, step);
        }

        return found;
    }

    public static long StepAt(Instant now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>What an mToken computes with: the secret that the bank gave the phone and the PIN together, so that neither is anything without the other.</summary>
    public static byte[] WithPin(byte[] secret, string pin) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"pin:{pin}"));

    /// <summary>Every candidate is computed and compared in constant time. Only a hardware token's clock may be ahead, by one step.</summary>
    private long? FindStep(EKlikRow row, string otp, string? binding, long current)
    {
        var (secret, algorithm) = (Open(row), row.Token!.Algorithm.Name());
        var suffix = binding is null ? [] : Encoding.ASCII.GetBytes(binding);
        long? matched = null;
        for (var step = current + (row.Token.Kind == EKlikTokenKind.Hardware ? 1 : 0); step >= current - StepsRemembered; step--)
            matched = IsSame(Totp.Code(secret, step, Digits, algorithm, suffix), otp) && matched is null ? step : matched;
        return matched;
    }

    private static bool IsSame(string code, string typed) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(typed));

    private static string Bind(string purpose, string owner) => $"eklik\n{purpose}\n{owner}";
}

internal static class OtpAlgorithms
{
    public static HashAlgorithmName Name(this OtpAlgorithm algorithm) => algorithm == OtpAlgorithm.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
}
