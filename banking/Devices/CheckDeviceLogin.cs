namespace Serverless.Banking.Devices;

/// <summary>The logins that a device's key takes part in.</summary>
public sealed class CheckDeviceLogin
{
    private readonly DeviceTable table;
    private readonly DeviceChallenges challenges;

    internal CheckDeviceLogin(DeviceTable table, DeviceChallenges challenges) => (this.table, this.challenges) = (table, challenges);

    /// <summary>A scan in place of identifier and password (AUTH-06, AUTH-07), of the customer whom the installation remembers.</summary>
    /// <param name="installation">As it says it is now; another key than at the last login is another phone, and biometrics are off there.</param>
    /// <returns>
    /// The device; no code is asked for when it is trusted. Or, first match: <see cref="BiometricNotEnabled"/> (also for an unknown installation), the errors
    /// of <see cref="DeviceChallenges.CheckAsync"/>.
    /// </returns>
    public async Task<Result<Device>> BiometricsAsync(Installation installation, DeviceProof proof, CancellationToken cancellation)
    {
        if (await FindRememberedAsync(installation.Id, cancellation) is not { BiometricKey: { } key } device || device.Key != DeviceKey.Find(installation.PublicKeyJwk))
            return new BiometricNotEnabled();
        var signed = await challenges.CheckAsync(proof, DevicePurpose.BiometricLogin, key, cancellation);
        return signed.Then(_ => device);
    }

    /// <summary>The code of a login, given by the trusted device itself (AUTH-08).</summary>
    /// <param name="challengeId">Of the login; it is signed with the nonce.</param>
    /// <returns>The device. Or, first match: <see cref="DeviceNotTrusted"/> (also with Smart OTP off: the code is typed then), the errors of <see cref="DeviceChallenges.CheckAsync"/>.</returns>
    public async Task<Result<Device>> SmartOtpAsync(CustomerId customer, DeviceProof proof, string challengeId, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, proof.Installation, cancellation) is not { IsTrusted: true, HasSmartOtp: true } device)
            return new DeviceNotTrusted();
        var signed = await challenges.CheckAsync(proof, DevicePurpose.SmartOtp, device.Key, cancellation, boundTo: challengeId);
        return signed.Then(_ => device);
    }

    /// <summary>The faster login of the QR-pay menu (AUTH-21).</summary>
    /// <returns>The device. Or, first match: <see cref="SemiAuthenticationOff"/> (also for an unknown installation), the errors of <see cref="DeviceChallenges.CheckAsync"/>.</returns>
    public async Task<Result<Device>> SmartPayAsync(Installation installation, DeviceProof proof, CancellationToken cancellation)
    {
        if (await FindRememberedAsync(installation.Id, cancellation) is not { HasSemiAuthentication: true } device || device.Key != DeviceKey.Find(installation.PublicKeyJwk))
            return new SemiAuthenticationOff();
        var signed = await challenges.CheckAsync(proof, DevicePurpose.SmartPayLogin, device.Key, cancellation);
        return signed.Then(_ => device);
    }

    /// <summary>Whom the installation remembers (AUTH-04); told only to who has its key.</summary>
    /// <returns>The device. Or, first match: <see cref="NotRemembered"/>, the errors of <see cref="DeviceChallenges.CheckAsync"/>.</returns>
    public async Task<Result<Device>> RememberedAsync(DeviceProof proof, CancellationToken cancellation)
    {
        if (await FindRememberedAsync(proof.Installation, cancellation) is not { } device)
            return new NotRemembered();
        var signed = await challenges.CheckAsync(proof, DevicePurpose.Remembered, device.Key, cancellation);
        return signed.Then(_ => device);
    }

    private async Task<Device?> FindRememberedAsync(InstallationId installation, CancellationToken cancellation) =>
        await table.FindRememberedAsync(installation, cancellation) is { } customer
        && await table.FindAsync(customer, installation, cancellation) is { RemembersCustomer: true } device
            ? device
            : null;
}
