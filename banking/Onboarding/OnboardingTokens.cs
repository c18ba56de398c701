using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>What an e-mail address is proven for.</summary>
public enum EmailPurpose
{
    /// <summary>A new application (ONB-10).</summary>
    Open,

    /// <summary>The status of one, and going on with it (ONB-12).</summary>
    Resume,

    /// <summary>A new one in place of the present one, which ends.</summary>
    StartOver,
}

/// <summary>Who asks, before it is proven. It travels sealed with the applicant, so that the bank keeps nothing of somebody who never proves anything.</summary>
internal sealed record EmailChallenge(Guid Id, string Email, string PersonalNumber, Language Language, EmailPurpose Purpose, Instant ExpiresAt);

/// <summary>Good for the steps of one application.</summary>
internal sealed record ApplicationPass(Guid Application, int Epoch, string Installation, Instant ExpiresAt);

/// <param name="Text">Opaque.</param>
public sealed record ApplicationToken(string Text, Instant ExpiresAt);

/// <summary>The sealed texts that applicants carry: nobody can read, make or alter one.</summary>
internal sealed class OnboardingTokens(IOptions<CredentialsOptions> keys, IOptions<OnboardingOptions> options, TimeProvider time)
{
    public const int LengthAtMost = 2000;

    private const string Challenge = "onboarding e-mail";
    private const string Pass = "onboarding application";

    /// <summary>Time for some codes to be sent.</summary>
    private static readonly Duration ChallengeLives = Duration.FromMinutes(20);

    private readonly Lazy<byte[][]> secrets = new(() => [.. keys.Value.OldKeys.Prepend(keys.Value.Key).Select(key => HMACSHA256.HashData(Convert.FromBase64String(key), "onboarding tokens"u8))]);

    private Instant Now => time.NowToTheMillisecond();

    public EmailChallenge Begin(string email, string personalNumber, Language language, EmailPurpose purpose) =>
        new(new Guid(RandomNumberGenerator.GetBytes(16)), email, personalNumber, language, purpose, Now + ChallengeLives);

    public string Seal(EmailChallenge challenge) => Seal(Challenge, challenge);

    /// <returns>Null for a text of somebody else's making, or one that is too old.</returns>
    public EmailChallenge? OpenChallenge(string text) => Open<EmailChallenge>(Challenge, text) is { } challenge && challenge.ExpiresAt > Now ? challenge : null;

    public ApplicationToken Give(OnboardingApplication application, string installation)
    {
        var expiresAt = Now + Duration.FromMinutes(options.Value.TokenMinutes);
        return new ApplicationToken(Seal(Pass, new ApplicationPass(application.Id, application.Epoch, installation, expiresAt)), expiresAt);
    }

    /// <inheritdoc cref="OpenChallenge"/>
    public ApplicationPass? OpenPass(string text) => Open<ApplicationPass>(Pass, text) is { } pass && pass.ExpiresAt > Now ? pass : null;

    private string Seal<T>(string purpose, T content) => SealedText.Seal(secrets.Value[0], purpose, System.Text.Encoding.UTF8.GetBytes(StoredJson.Write(content)));

    private T? Open<T>(string purpose, string text) where T : class =>
        text.Length is > 0 and <= LengthAtMost && SealedText.Open(secrets.Value, purpose, text) is { } plain ? StoredJson.Read<T>(System.Text.Encoding.UTF8.GetString(plain)) : null;
}
