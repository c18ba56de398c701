using Serverless.Banking.Credentials;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes the new customer's password (ONB-07, ONB-23). Nobody signs in with it before the account's contract is confirmed.</summary>
public sealed class ChoosePassword
{
    private readonly OnboardingDoor door;
    private readonly OnboardedUsers users;

    internal ChoosePassword(OnboardingDoor door, OnboardedUsers users) => (this.door, this.users) = (door, users);

    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="InvalidInput"/> with every broken rule of
    /// <see cref="PasswordRules"/>, <see cref="LoginBusy"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, string password, string field, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, OnboardingStep.ChoosePassword, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        if (PasswordRules.Check(password, it.Person!.BirthDate, field) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var set = await users.SetPasswordAsync(it.Client!.Customer, password, CancellationToken.None);
        return set.IsSuccess
            ? await door.WriteAsync(admitted.Value.Stored, it.Note("password_chosen", OnboardingParty.Applicant, door.Now) with { PasswordSetAt = door.Now })
            : set.Error;
    }
}
