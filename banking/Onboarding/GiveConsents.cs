namespace Serverless.Banking.Onboarding;

/// <summary>A document as the applicant has read it.</summary>
public sealed record ConsentGiven(ConsentDocument Document, string Version);

/// <summary>Takes the approval of both documents, before anybody is filmed (ONB-13).</summary>
public sealed class GiveConsents
{
    private readonly OnboardingDoor door;

    internal GiveConsents(OnboardingDoor door) => this.door = door;

    /// <param name="given">Privacy policy, then terms of the video identification, in their present versions.</param>
    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="InvalidInput"/> with <see cref="ConsentRequired"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, IReadOnlyList<ConsentGiven> given, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, OnboardingStep.GiveConsents, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        if (!given.SequenceEqual(ConsentTexts.All.Select(document => new ConsentGiven(document, ConsentTexts.CurrentVersion(document)))))
            return new InvalidInput([new ConsentRequired("/consents")]);
        var it = admitted.Value.It;
        return await door.WriteAsync(
            admitted.Value.Stored,
            it.To(OnboardingState.Consented, "consented", OnboardingParty.Applicant, door.Now) with
            {
                Consents = [.. given.Select(consent => new GivenConsent(consent.Document, consent.Version, door.Now, admitted.Value.Installation))],
            });
    }
}
