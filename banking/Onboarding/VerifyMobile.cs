using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes the code that was sent to the mobile number (ONB-16).</summary>
public sealed class VerifyMobile
{
    private readonly OnboardingDoor door;
    private readonly CheckOneTimeCode check;
    private readonly FindCustomerByPhone byPhone;

    internal VerifyMobile(OnboardingDoor door, CheckOneTimeCode check, FindCustomerByPhone byPhone) => (this.door, this.check, this.byPhone) = (door, check, byPhone);

    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, those of <see cref="CheckOneTimeCode"/>, <see cref="MobileInUse"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, string code, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, it => DeclareMobile.IsDue(it) && it.DeclaredMobile is not null, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        var mobile = it.DeclaredMobile!;
        var typed = await check.RunAsync(OneTimeCodePurpose.Contact, DeclareMobile.Binding(it, mobile), code, cancellation);
        if (!typed.IsSuccess)
            return typed.Error;
        if (await byPhone.RunAsync(PhoneNumber.Find(mobile)!.Value, CancellationToken.None) is not null)
            return new MobileInUse();
        var after = it.State == OnboardingState.Identified
            ? it.To(OnboardingState.DataPending, "mobile_verified", OnboardingParty.Applicant, door.Now)
            : it.Note("mobile_verified", OnboardingParty.Applicant, door.Now);
        return await door.WriteAsync(admitted.Value.Stored, after with { Mobile = mobile, DeclaredMobile = null });
    }
}
