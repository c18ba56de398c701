using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;

namespace Serverless.Banking.PasswordChanges;

/// <summary>Another password on a trusted device, without PIN and present password; the device signs for it (AUTH-18).</summary>
public sealed class ChangePasswordOnTrustedDevice
{
    private readonly FindDevice devices;
    private readonly DeviceChallenges challenges;
    private readonly ApplyPasswordOrder apply;

    internal ChangePasswordOnTrustedDevice(FindDevice devices, DeviceChallenges challenges, ApplyPasswordOrder apply) =>
        (this.devices, this.challenges, this.apply) = (devices, challenges, apply);

    /// <param name="installation">Of the session.</param>
    /// <param name="proof">Of a nonce for <see cref="DevicePurpose.ChangePassword"/>, signed with the installation's key.</param>
    /// <returns>Or, first match: <see cref="DeviceNotTrusted"/>, the errors of <see cref="DeviceChallenges.CheckAsync"/>, those of <see cref="SetPassword"/>.</returns>
    public Task<Result<User>> RunAsync(PasswordOrder order, InstallationId installation, DeviceProof proof, CancellationToken cancellation) =>
        apply.OnceAsync(order, () => ChangeAsync(order, installation, proof, cancellation), cancellation);

    private async Task<Result<User>> ChangeAsync(PasswordOrder order, InstallationId installation, DeviceProof proof, CancellationToken cancellation)
    {
        if (await devices.RunAsync(order.Customer, installation, cancellation) is not { IsTrusted: true } device)
            return new DeviceNotTrusted();
        var signed = await challenges.CheckAsync(proof, DevicePurpose.ChangePassword, device.Key, cancellation, order: apply.OrderOf(order));
        return signed.IsSuccess ? await apply.RunAsync(order, null, cancellation) : signed.Error;
    }
}
