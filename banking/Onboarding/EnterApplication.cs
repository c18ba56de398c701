using Serverless.Banking.Applications;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.Ledger;
using Serverless.Banking.Registrations;

namespace Serverless.Banking.Onboarding;

/// <param name="IsNew">It was opened by this call.</param>
public sealed record EnteredApplication(ApplicationToken Token, OnboardingApplication Application, bool IsNew);

/// <summary>Takes the code that was sent to the e-mail address: opens an application, or goes on with the one there is (ONB-10, ONB-11, ONB-12, ONB-28).</summary>
/// <remarks>Only who has the code learns whether the person is a customer, or has applied. Whoever enters ends the application tokens of other devices.</remarks>
public sealed class EnterApplication
{
    private readonly OnboardingTokens tokens;
    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly CheckOneTimeCode check;
    private readonly LockoutTable lockouts;
    private readonly FindCustomerByPersonalNumber byPerson;
    private readonly FindCustomerByEmail byEmail;

    internal EnterApplication(
        OnboardingTokens tokens, OnboardingTable table, OnboardingCourse course, CheckOneTimeCode check, LockoutTable lockouts, FindCustomerByPersonalNumber byPerson,
        FindCustomerByEmail byEmail) =>
        (this.tokens, this.table, this.course, this.check, this.lockouts, this.byPerson, this.byEmail) = (tokens, table, course, check, lockouts, byPerson, byEmail);

    /// <returns>
    /// Or, first match: <see cref="EmailChallengeInvalid"/>, <see cref="RegistrationLocked"/>, the errors of <see cref="CheckOneTimeCode"/>; to open: <see cref="AlreadyClient"/>,
    /// <see cref="ApplicationExists"/>; to go on: <see cref="OnboardingNotFound"/>; to start over both, and <see cref="StepOutOfOrder"/> (it is signed).
    /// </returns>
    public async Task<Result<EnteredApplication>> RunAsync(string challengeText, string code, InstallationId installation, CancellationToken cancellation)
    {
        if (tokens.OpenChallenge(challengeText) is not { } challenge)
            return new EmailChallengeInvalid();
        var partition = SendEmailCode.Lock(table, challenge);
        if ((await lockouts.FindAsync(partition, cancellation)).RefuseRegistration(lockouts.Now) is { } locked)
            return locked;
        var typed = await check.RunAsync(OneTimeCodePurpose.Contact, SendEmailCode.Binding(challenge), code, cancellation);
        if (!typed.IsSuccess)
        {
            if (typed.Error is ChallengeCancelled)
                await lockouts.ChangeAsync(partition, (now, at) => now.RefuseRegistration(at) is null ? now.LockRegistration(at, lockouts.Options) : now, CancellationToken.None);
            return typed.Error;
        }

        // The code is used: from here on a caller who hangs up stops nothing.
        var person = table.PersonOf(PersonalNumber.Find(challenge.PersonalNumber)!.Value);
        var known = await table.FindOfAsync(person, CancellationToken.None);

        // Opened by this very challenge, and the answer was lost on its way: another code goes on with it.
        if (known is { It.IsOver: false } && known.It.Id == IdOf(challenge))
            return await ResumeAsync(known, challenge, installation);
        return challenge.Purpose switch
        {
            EmailPurpose.Resume => await ResumeAsync(known, challenge, installation),
            EmailPurpose.StartOver => await StartOverAsync(known, challenge, person, installation),
            _ => await OpenAsync(challenge, person, installation),
        };
    }

    private static Guid IdOf(EmailChallenge challenge) => StableGuid.Of("onboarding", challenge.Id.ToString("N"));

    private async Task<Result<EnteredApplication>> OpenAsync(EmailChallenge challenge, string person, InstallationId installation)
    {
        if (await byPerson.RunAsync(PersonalNumber.Find(challenge.PersonalNumber)!.Value, CancellationToken.None) is not null
            || await byEmail.RunAsync(challenge.Email, CancellationToken.None) is not null)
            return new AlreadyClient();
        var application = new OnboardingApplication(
            IdOf(challenge), challenge.Email, challenge.PersonalNumber, challenge.Language, 1,
            [new OnboardingEntry(OnboardingState.Started, "opened", OnboardingParty.Applicant, course.Now)]);
        if (await table.AddAsync(application, person, CancellationToken.None))
            return new EnteredApplication(tokens.Give(application, installation.Value), application, IsNew: true);

        // One whose time is over and whose clock has not struck yet stands in nobody's way.
        if (await table.FindOfAsync(person, CancellationToken.None) is { It.IsOver: false } live && course.DeadlineOf(live.It) <= course.Now)
        {
            await course.ChangeAsync(live, it => it.IsOver ? null : it.To(OnboardingState.Expired, "expired", OnboardingParty.Bank, course.Now), CancellationToken.None);
            if (await table.AddAsync(application, person, CancellationToken.None))
                return new EnteredApplication(tokens.Give(application, installation.Value), application, IsNew: true);
        }

        return new ApplicationExists();
    }

    private async Task<Result<EnteredApplication>> ResumeAsync(StoredApplication? known, EmailChallenge challenge, InstallationId installation)
    {
        if (known?.It.Email != challenge.Email)
            return new OnboardingNotFound();
        var entered = await course.ChangeAsync(known, it => it with { Epoch = it.Epoch + 1 }, CancellationToken.None);
        return new EnteredApplication(tokens.Give(entered.It, installation.Value), entered.It, IsNew: false);
    }

    private async Task<Result<EnteredApplication>> StartOverAsync(StoredApplication? known, EmailChallenge challenge, string person, InstallationId installation)
    {
        if (known?.It.Email != challenge.Email)
            return new OnboardingNotFound();
        if (known.It is { IsOver: false, Contract.SignedAt: not null } or { IsOver: false, State: OnboardingState.IdentityReview })
            return StepOutOfOrder.At(known.It.Step);
        if (!known.It.IsOver)
        {
            known = await course.ChangeAsync(
                known,
                it => it.IsOver || it.State == OnboardingState.IdentityReview || it.Contract?.SignedAt is not null ? null
                    : it.To(OnboardingState.Expired, "started_over", OnboardingParty.Applicant, course.Now),
                CancellationToken.None);
            if (!known.It.IsOver)
                return StepOutOfOrder.At(known.It.Step);
            await table.CloseAsync(known.It, CancellationToken.None);
        }

        return await OpenAsync(challenge, person, installation);
    }
}
