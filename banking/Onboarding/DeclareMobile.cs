using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes the applicant's mobile number and sends a code to it (ONB-16). It may be corrected until the data are confirmed.</summary>
public sealed class DeclareMobile
{
    private readonly OnboardingDoor door;
    private readonly FindCustomerByPhone byPhone;
    private readonly SendOneTimeCode send;

    internal DeclareMobile(OnboardingDoor door, FindCustomerByPhone byPhone, SendOneTimeCode send) => (this.door, this.byPhone, this.send) = (door, byPhone, send);

    internal static string Binding(OnboardingApplication it, string mobile) => $"onboarding|{it.Id:N}|{mobile}";

    internal static bool IsDue(OnboardingApplication it) => it.State is OnboardingState.Identified or OnboardingState.DataPending;

    /// <returns>The same number again sends another code. Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>,
    /// <see cref="InvalidInput"/> with <see cref="MobileInvalid"/>, <see cref="MobileInUse"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(string token, string mobile, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, IsDue, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        if (PhoneNumber.Find(mobile) is not { Value: { Length: 13 } number } phone || !number.StartsWith("+3556", StringComparison.Ordinal))
            return new InvalidInput([new MobileInvalid("/mobile")]);
        if (await byPhone.RunAsync(phone, cancellation) is not null)
            return new MobileInUse();
        var it = admitted.Value.It;
        if (it.DeclaredMobile != number)
        {
            var written = await door.WriteAsync(admitted.Value.Stored, it.Note("mobile_declared", OnboardingParty.Applicant, door.Now) with { DeclaredMobile = number });
            if (!written.IsSuccess)
                return written.Error;
        }

        return await send.RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Contact, Binding(it, number), null, Phone: number, Language: it.Language), cancellation);
    }
}
