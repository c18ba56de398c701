namespace Serverless.Banking.Onboarding;

/// <summary>Takes the two declarations about taxes (ONB-18). A yes is looked at by compliance before the contract (ONB-30).</summary>
public sealed class DeclareTaxStatus
{
    private readonly OnboardingDoor door;

    internal DeclareTaxStatus(OnboardingDoor door) => this.door = door;

    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="InvalidInput"/> with <see cref="NotInList"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, TaxStatus status, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, it => it.State == OnboardingState.DataPending && it.Residence is not null, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        if (status.TaxCountry is { } country && ReferenceData.Current.Countries.All(it => it.Code != country))
            return new InvalidInput([new NotInList("/taxCountry")]);
        return await door.WriteAsync(admitted.Value.Stored, admitted.Value.It.Note("tax_status_declared", OnboardingParty.Applicant, door.Now) with { TaxStatus = status });
    }
}
