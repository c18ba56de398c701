using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Devices;

/// <param name="Started">The code is asked for; null when it was not needed.</param>
/// <param name="Completed">The session; null while the code is asked for.</param>
public sealed record DeviceSignIn(LoginStarted? Started, LoginCompleted? Completed);

/// <summary>Logins in which the device's key takes the place of something typed (AUTH-06, AUTH-07, AUTH-08, AUTH-11, AUTH-21).</summary>
public sealed class SignInWithDevice
{
    /// <summary>RFC 8176: proof of possession of a hardware-secured key.</summary>
    private const string HardwareKey = "hwk";
    private const string OneTimePassword = "otp";

    private readonly CheckDeviceLogin check;
    private readonly CheckSoftPin softPins;
    private readonly OpenLoginChallenge open;
    private readonly FindLoginChallenge find;
    private readonly CompleteLogin complete;
    private readonly LockoutTable lockouts;

    internal SignInWithDevice(
        CheckDeviceLogin check, CheckSoftPin softPins, OpenLoginChallenge open, FindLoginChallenge find, CompleteLogin complete, LockoutTable lockouts) =>
        (this.check, this.softPins, this.open, this.find, this.complete, this.lockouts) = (check, softPins, open, find, complete, lockouts);

    /// <summary>One scan: on a trusted device it opens the session, its code being given by the device in the background; elsewhere the code follows by SMS.</summary>
    /// <returns>
    /// Or, first match: the errors of <see cref="CheckDeviceLogin.BiometricsAsync"/>, <see cref="UserBlocked"/>, <see cref="UserLocked"/>, the errors of
    /// <see cref="CompleteLogin"/> or of <see cref="OpenLoginChallenge"/>.
    /// </returns>
    public async Task<Result<DeviceSignIn>> BiometricsAsync(Installation installation, DeviceProof proof, Place? place, CancellationToken cancellation)
    {
        var scanned = await check.BiometricsAsync(installation, proof, cancellation);
        if (!scanned.IsSuccess)
            return scanned.Error;
        var customer = scanned.Value.Customer;
        if (await RefuseAsync(customer, cancellation) is { } locked)
            return locked;
        if (!scanned.Value.IsTrusted)
        {
            var started = await open.RunAsync(new LoginOpening(customer, SessionChannel.App, installation, [HardwareKey]) { Place = place }, cancellation);
            return started.Then(it => new DeviceSignIn(it, null));
        }

        // The nonce is used up: whoever hangs up now has still signed in.
        var done = await complete.RunAsync(
            Challenge(customer, installation, SessionScope.Full, place), [OneTimePassword], LoginMethod.Biometrics, CancellationToken.None);
        return done.Then(it => new DeviceSignIn(null, it));
    }

    /// <summary>Second step of a login on a trusted device: the signature in place of the typed code.</summary>
    /// <returns>
    /// Or, first match: the errors of <see cref="FindLoginChallenge"/>, <see cref="DeviceNotTrusted"/> (the code is typed then), the errors of
    /// <see cref="DeviceChallenges.CheckAsync"/>, those of <see cref="CompleteLogin"/>.
    /// </returns>
    public async Task<Result<LoginCompleted>> SmartOtpAsync(LoginChallengeId id, string nonce, string signature, CancellationToken cancellation)
    {
        var found = await find.RunAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var login = found.Value;
        var signed = await check.SmartOtpAsync(login.Customer, new DeviceProof(login.Installation.Id, nonce, signature), id.ToString(), cancellation);
        return signed.IsSuccess ? await complete.RunAsync(login, [OneTimePassword, HardwareKey], LoginMethod.SmartOtp, CancellationToken.None) : signed.Error;
    }

    /// <summary>Second step of a login at the Internet Branch: the Soft PIN in place of the code by SMS.</summary>
    /// <returns>
    /// Or, first match: the errors of <see cref="FindLoginChallenge"/>, <see cref="SoftPinDisabled"/>, <see cref="SoftPinExpired"/>, <see cref="SoftPinWrong"/>
    /// (the fifth of these cancels the login), the errors of <see cref="CompleteLogin"/>.
    /// </returns>
    public async Task<Result<LoginCompleted>> SoftPinAsync(LoginChallengeId id, string code, CancellationToken cancellation)
    {
        var reserved = await find.ReserveTryAsync(id, cancellation);
        if (!reserved.IsSuccess)
            return reserved.Error;
        var (login, isLastTry) = reserved.Value;
        var used = await softPins.RunAsync(login.Customer, code, cancellation);
        if (used.IsSuccess)
            return await complete.RunAsync(login, [OneTimePassword], LoginMethod.SoftPin, CancellationToken.None);
        if (isLastTry)
            await find.CancelledAsync(login);
        return used.Error;
    }

    /// <summary>The QR-pay menu by the device's key alone.</summary>
    /// <returns>
    /// Or, first match: the errors of <see cref="CheckDeviceLogin.SmartPayAsync"/>, <see cref="UserBlocked"/>, <see cref="UserLocked"/>, the errors of <see cref="CompleteLogin"/>.
    /// </returns>
    public async Task<Result<LoginCompleted>> SmartPayAsync(Installation installation, DeviceProof proof, Place? place, CancellationToken cancellation)
    {
        var signed = await check.SmartPayAsync(installation, proof, cancellation);
        if (!signed.IsSuccess)
            return signed.Error;
        return await RefuseAsync(signed.Value.Customer, cancellation) is { } locked
            ? locked
            : await complete.RunAsync(Challenge(signed.Value.Customer, installation, SessionScope.SmartPay, place), [], LoginMethod.SemiAuthentication, CancellationToken.None);
    }

    private async Task<Error?> RefuseAsync(CustomerId customer, CancellationToken cancellation) =>
        (await lockouts.FindAsync(CredentialKeys.Partition(customer), cancellation)).Refuse(lockouts.Now);

    /// <summary>A login of one step; nothing of it is stored.</summary>
    private LoginChallenge Challenge(CustomerId customer, Installation installation, SessionScope scope, Place? place) => new(
        new LoginChallengeId(new Guid(RandomNumberGenerator.GetBytes(16))), customer, SessionChannel.App, scope, installation, [HardwareKey], null, place,
        lockouts.Now + Duration.FromMinutes(1));
}
