using Serverless.Banking.Credentials;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Onboarding;

/// <summary>The new customer confirms the contract of the current account: from then on the customer may sign in (ONB-23).</summary>
/// <remarks>Order of the writes: the contract among the approvals, the user is let in, the application is completed. Killed in between, the same call again completes it.</remarks>
public sealed class ConfirmAccountContract
{
    private readonly OnboardingDoor door;
    private readonly OnboardingCourse course;
    private readonly OnboardingContracts contracts;
    private readonly PlaceSigned place;
    private readonly OnboardedUsers users;

    internal ConfirmAccountContract(OnboardingDoor door, OnboardingCourse course, OnboardingContracts contracts, PlaceSigned place, OnboardedUsers users) =>
        (this.door, this.course, this.contracts, this.place, this.users) = (door, course, contracts, place, users);

    /// <returns>The PDF. Or the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>.</returns>
    public Task<Result<DocumentFile>> ShowAsync(string token, CancellationToken cancellation) => door
        .AdmitAsync(token, it => it.AccountContract is not null, cancellation).Then(admitted => (Result<DocumentFile>)contracts.AccountOf(admitted.It));

    /// <param name="hash">Of the PDF that was shown.</param>
    /// <returns>The completed application. Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="ContractNotConfirmed"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, string hash, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, OnboardingStep.ConfirmAccountContract, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        if (it.AccountContract!.Hash != hash)
            return new ContractNotConfirmed();
        await place.RunAsync(
            new SignedDocument(
                it.Client!.Customer, StartVideo.Subject, $"{it.Id:N}/account", it.Language.Say("Kontratë llogarie rrjedhëse", "Current-account contract"), contracts.AccountOf(it),
                it.AccountContract.MadeAt, admitted.Value.Installation),
            CancellationToken.None);
        await users.LetInAsync(it.Client.Customer, CancellationToken.None);
        var completed = await door.WriteAsync(
            admitted.Value.Stored,
            it.To(OnboardingState.Completed, "completed", OnboardingParty.Applicant, door.Now) with
            {
                AccountContract = it.AccountContract with { ConfirmedAt = door.Now, SignedAt = door.Now, Installation = admitted.Value.Installation },
            });
        if (completed.IsSuccess)
            await course.TellAsync(completed.Value, CancellationToken.None);
        return completed;
    }
}
