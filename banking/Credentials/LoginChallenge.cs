using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

/// <summary>One login between its first proof and its session.</summary>
/// <remarks>The default value of this type is no login.</remarks>
public readonly record struct LoginChallengeId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <param name="Methods">What is proven so far, in the words of RFC 8176: <c>pwd</c>, or <c>hwk</c> for a scan.</param>
/// <param name="RemembersCustomer">What was chosen on the login screen; null when nobody asked.</param>
public sealed record LoginChallenge(
    LoginChallengeId Id, CustomerId Customer, SessionChannel Channel, SessionScope Scope, Installation Installation, IReadOnlyList<string> Methods, bool? RemembersCustomer,
    Place? Place, Instant ExpiresAt)
{
    /// <summary>What its one-time codes are bound to.</summary>
    public string Binding => Id.ToString();
}

/// <summary>What a login that has proven who the customer claims to be still needs.</summary>
public enum LoginNext
{
    /// <summary>The code that was sent by SMS.</summary>
    Otp,

    /// <summary>The trusted device's signature (AUTH-08); asking for an SMS instead is possible.</summary>
    SmartOtp,
}

/// <param name="Sent">Where the code went; null for <see cref="LoginNext.SmartOtp"/>.</param>
public sealed record LoginStarted(LoginChallengeId Id, LoginNext Next, OneTimeCodeSent? Sent, Instant ExpiresAt);

/// <summary>The customer is in.</summary>
/// <param name="Name">Null when the bank has no contact details.</param>
public sealed record LoginCompleted(CustomerId Customer, string? Name, bool MayPay, SessionScope Scope, SessionTokens Tokens, LoginRecorded Device);
