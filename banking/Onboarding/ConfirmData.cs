namespace Serverless.Banking.Onboarding;

/// <summary>Takes the confirmation of everything on one page: from then on it is frozen (ONB-20). The person is screened, and held for compliance where that is needed (ONB-29, ONB-30).</summary>
public sealed class ConfirmData
{
    private readonly OnboardingDoor door;
    private readonly OnboardingCourse course;
    private readonly ScreenPerson screen;
    private readonly OnboardingContracts contracts;

    internal ConfirmData(OnboardingDoor door, OnboardingCourse course, ScreenPerson screen, OnboardingContracts contracts) =>
        (this.door, this.course, this.screen, this.contracts) = (door, course, screen, contracts);

    /// <summary>The application with everything on it; its confirmation names <see cref="ReviewedData.HashOf"/>.</summary>
    /// <returns>Or the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>; shown also after it was confirmed.</returns>
    public Task<Result<OnboardingApplication>> ShowAsync(string token, CancellationToken cancellation) => door
        .AdmitAsync(token, it => it.PersonalData is not null, cancellation).Then(admitted => (Result<OnboardingApplication>)admitted.It);

    /// <param name="hash">Of what was shown.</param>
    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="DataChanged"/>, <see cref="ScreeningUnavailable"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, string hash, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, OnboardingStep.ConfirmData, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        var now = ReviewedData.HashOf(it);
        if (now != hash)
            return new DataChanged(now);
        var screened = await screen.RunAsync($"{it.Person!.GivenNames} {it.Person.Surname}", it.Person.BirthDate, cancellation);
        if (!screened.IsSuccess)
            return screened.Error;

        var confirmed = it.Note("data_confirmed", OnboardingParty.Applicant, course.Now) with { ConfirmedAt = course.Now, DataHash = now, DeclaredMobile = null };
        ReviewReason[] reasons =
        [
            .. screened.Value.Count > 0 ? [ReviewReason.ScreeningHit] : Array.Empty<ReviewReason>(),
            .. it.TaxStatus!.HasUsRelation ? [ReviewReason.UsRelation] : Array.Empty<ReviewReason>(),
            .. it.TaxStatus.IsForeignTaxpayer ? [ReviewReason.ForeignTaxpayer] : Array.Empty<ReviewReason>(),
        ];
        var written = await door.WriteAsync(
            admitted.Value.Stored,
            reasons.Length > 0 ? course.Hold(confirmed, reasons, screened.Value) : contracts.Prepare(confirmed.To(OnboardingState.ContractPending, "contract_prepared", OnboardingParty.Bank, course.Now)));
        if (written.IsSuccess)
            await course.TellAsync(written.Value, CancellationToken.None);
        return written;
    }
}
