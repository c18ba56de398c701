using Serverless.Banking.Documents;

namespace Serverless.Banking.Onboarding;

/// <summary>Shows the contract for banking services (ONB-21).</summary>
public sealed class ShowContract
{
    private readonly OnboardingDoor door;
    private readonly OnboardingContracts contracts;

    internal ShowContract(OnboardingDoor door, OnboardingContracts contracts) => (this.door, this.contracts) = (door, contracts);

    /// <summary>Kept as it is shown, before it is shown.</summary>
    /// <returns>The PDF. Or the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>; shown until it is signed.</returns>
    public async Task<Result<DocumentFile>> RunAsync(string token, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, it => it is { State: OnboardingState.ContractPending, Contract: not null }, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        return await contracts.KeepAsync(admitted.Value.It, cancellation);
    }
}
