using Serverless.Banking.Credentials;

namespace Serverless.Banking.Onboarding;

/// <summary>The applicant confirms the contract as it was shown, and gets the code that signs it (ONB-21).</summary>
public sealed class ConfirmContract
{
    private readonly OnboardingDoor door;
    private readonly OnboardingContracts contracts;
    private readonly SendOneTimeCode send;

    internal ConfirmContract(OnboardingDoor door, OnboardingContracts contracts, SendOneTimeCode send) => (this.door, this.contracts, this.send) = (door, contracts, send);

    internal static string Binding(OnboardingApplication it) => $"onboarding|{it.Id:N}|{it.Contract!.Hash}";

    /// <param name="hash">Of the PDF that was shown.</param>
    /// <returns>The same again sends another code. Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>,
    /// <see cref="ContractNotConfirmed"/> (another document), those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(string token, string hash, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, application => application.Step is OnboardingStep.ConfirmContract or OnboardingStep.SignContract, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        if (it.Contract!.Hash != hash)
            return new ContractNotConfirmed();
        if (it.Contract.ConfirmedAt is null)
        {
            await contracts.KeepAsync(it, cancellation);
            var written = await door.WriteAsync(
                admitted.Value.Stored, it.Note("contract_confirmed", OnboardingParty.Applicant, door.Now) with { Contract = it.Contract with { ConfirmedAt = door.Now } });
            if (!written.IsSuccess)
                return written.Error;
        }

        return await send.RunAsync(
            new OneTimeCodeRequest(OneTimeCodePurpose.Contract, Binding(it), null, Phone: it.Mobile, Language: it.Language)
            {
                Facts = new Dictionary<string, string> { ["number"] = it.Contract.Number },
            },
            cancellation);
    }
}
