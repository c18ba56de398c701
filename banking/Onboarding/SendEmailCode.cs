using Serverless.Banking.Accounts;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Profile;

namespace Serverless.Banking.Onboarding;

/// <param name="Challenge">Opaque; sent back with the code.</param>
public sealed record EmailCodeSent(string Challenge, OneTimeCodeSent Code);

/// <summary>Sends a code to the e-mail address of somebody who wants to apply, or has applied (ONB-10, ONB-12). It says nothing about who is known.</summary>
/// <remarks>Nothing is stored but the code's keyed hash: who asks travels sealed with the applicant until the address is proven.</remarks>
public sealed class SendEmailCode
{
    private readonly OnboardingTokens tokens;
    private readonly OnboardingTable table;
    private readonly SendOneTimeCode send;
    private readonly LockoutTable lockouts;

    internal SendEmailCode(OnboardingTokens tokens, OnboardingTable table, SendOneTimeCode send, LockoutTable lockouts) =>
        (this.tokens, this.table, this.send, this.lockouts) = (tokens, table, send, lockouts);

    /// <returns>Or, first match: <see cref="InvalidInput"/> with <see cref="EmailInvalid"/>, <see cref="PersonalIdInvalid"/>; <see cref="RegistrationLocked"/>, the errors of
    /// <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<EmailCodeSent>> RunAsync(string email, string personalId, EmailPurpose purpose, Language language, CancellationToken cancellation)
    {
        var who = Read(email, personalId);
        if (!who.IsSuccess)
            return who.Error;
        var challenge = tokens.Begin(who.Value.Email, who.Value.Number.Value, language, purpose);
        return await SendAsync(challenge, tokens.Seal(challenge), cancellation);
    }

    /// <returns>The address in lower case, with the number. Or <see cref="InvalidInput"/> with <see cref="EmailInvalid"/>, <see cref="PersonalIdInvalid"/>.</returns>
    internal static Result<(string Email, PersonalNumber Number)> Read(string email, string personalId)
    {
        var number = PersonalNumber.Find(personalId.Trim());
        var address = email.Trim().ToLowerInvariant();
        List<Invalid> faults = [];
        if (!EmailAddress.IsGood(address))
            faults.Add(new EmailInvalid("/email"));
        if (number is null)
            faults.Add(new PersonalIdInvalid("/personalId"));
        return faults.Count > 0 ? new InvalidInput(faults) : (address, number!.Value);
    }

    /// <summary>Once more, for the same.</summary>
    /// <returns>Or, first match: <see cref="EmailChallengeInvalid"/>, <see cref="RegistrationLocked"/>, the errors of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<EmailCodeSent>> AgainAsync(string challenge, CancellationToken cancellation) =>
        tokens.OpenChallenge(challenge) is { } opened ? await SendAsync(opened, challenge, cancellation) : new EmailChallengeInvalid();

    /// <summary>Wrong codes for one person from one address lock both together, not the person: anybody knows a personal number.</summary>
    internal static string Lock(OnboardingTable table, EmailChallenge challenge) => Lock(table, PersonalNumber.Find(challenge.PersonalNumber)!.Value, challenge.Email);

    /// <param name="email">In lower case.</param>
    /// <inheritdoc cref="Lock(OnboardingTable, EmailChallenge)"/>
    internal static string Lock(OnboardingTable table, PersonalNumber person, string email) =>
        CredentialKeys.Unknown(table.PersonOf(person) + Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email)))[..16]);

    internal static string Binding(EmailChallenge challenge) => $"onboarding|{challenge.Id:N}";

    private async Task<Result<EmailCodeSent>> SendAsync(EmailChallenge challenge, string text, CancellationToken cancellation)
    {
        if ((await lockouts.FindAsync(Lock(table, challenge), cancellation)).RefuseRegistration(lockouts.Now) is { } locked)
            return locked;
        return (await send.RunAsync(
            new OneTimeCodeRequest(OneTimeCodePurpose.Contact, Binding(challenge), null, Email: challenge.Email, Language: challenge.Language), cancellation))
            .Then(sent => new EmailCodeSent(text, sent));
    }
}
