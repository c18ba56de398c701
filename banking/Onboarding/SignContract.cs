using Serverless.Banking.Credentials;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes the code that signs the contract, and makes the applicant a customer (ONB-21, ONB-22).</summary>
/// <remarks>The signature is written down first; then customer and account are created, by whoever comes next when this process is killed.</remarks>
public sealed class SignContract
{
    private readonly OnboardingDoor door;
    private readonly CheckOneTimeCode check;
    private readonly CreateClient create;

    internal SignContract(OnboardingDoor door, CheckOneTimeCode check, CreateClient create) => (this.door, this.check, this.create) = (door, check, create);

    /// <returns>The application with its customer; one that is held says so by its state. Or, first match: the errors of
    /// <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="ContractNotConfirmed"/>, those of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, string code, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, application => application.Step is OnboardingStep.ConfirmContract or OnboardingStep.SignContract, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        if (it.Contract is not { ConfirmedAt: not null } contract)
            return new ContractNotConfirmed();
        var typed = await check.RunAsync(OneTimeCodePurpose.Contract, ConfirmContract.Binding(it), code, cancellation);
        if (!typed.IsSuccess)
            return typed.Error;

        // From here on a caller who hangs up stops nothing.
        var signed = await door.WriteStoredAsync(
            admitted.Value.Stored,
            it.Note("contract_signed", OnboardingParty.Applicant, door.Now) with
            {
                Contract = contract with
                {
                    SignedAt = door.Now,
                    Code = OneTimeCodeId.Of(OneTimeCodePurpose.Contract, ConfirmContract.Binding(it)).Value,
                    Installation = admitted.Value.Installation,
                },
            });
        if (!signed.IsSuccess)
            return signed.Error;
        return (await create.RunAsync(signed.Value, CancellationToken.None)).It;
    }
}
