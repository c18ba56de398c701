using Serverless.Banking.Credentials;
using Serverless.Banking.IdentityDocuments;

namespace Serverless.Banking.Devices;

/// <summary>Makes a device a trusted one at once, by the password and the chip of the customer's identity document (PROF-14).</summary>
public sealed class TrustByDocument
{
    private readonly DeviceTable table;
    private readonly DeviceChallenges challenges;
    private readonly VerifyPassword verify;
    private readonly CheckIdentityDocument check;
    private readonly TrustDevice trust;

    internal TrustByDocument(DeviceTable table, DeviceChallenges challenges, VerifyPassword verify, CheckIdentityDocument check, TrustDevice trust) =>
        (this.table, this.challenges, this.verify, this.check, this.trust) = (table, challenges, verify, check, trust);

    /// <summary>AUTHORISE and VERIFY: the nonce that follows says that the password was right.</summary>
    /// <returns>Or, first match: <see cref="TrustedDeviceLimit"/>, the errors of <see cref="VerifyPassword"/>.</returns>
    public async Task<Result<DeviceChallenge>> StartAsync(DeviceCaller caller, string password, CancellationToken cancellation)
    {
        var book = await table.ReadAsync(caller.Customer, cancellation);
        if (book.Find(caller.Installation) is not { IsTrusted: true } && TrustDevice.Limit(book) is { } limit)
            return limit;
        var verified = await verify.RunAsync(caller.Customer, password, cancellation);
        return verified.Then(_ => challenges.Issue(caller.Installation, DevicePurpose.TrustByDocument, caller.Customer));
    }

    /// <returns>
    /// The trusted device. Or, first match: the errors of <see cref="CheckIdentityDocument"/>, then those of <see cref="TrustDevice"/> but the offer's.
    /// </returns>
    public async Task<Result<Device>> RunAsync(TrustRequest request, ChipData chip, CancellationToken cancellation)
    {
        var document = await check.RunAsync(request.Caller.Customer, chip, cancellation);
        return document.IsSuccess ? await trust.RunAsync(request with { Method = TrustMethod.Document }, cancellation) : document.Error;
    }
}
