using Serverless.Banking.Devices;

namespace Serverless.Banking.Sessions;

/// <summary>A sign-in that has succeeded and asks for its session.</summary>
/// <param name="User">For eKlik: which of the customer's users; null elsewhere.</param>
/// <param name="InstallationKey">The installation's public P-256 key as a JWK. Every app has one; a browser has none.</param>
/// <param name="DeviceTrusted">The customer has authorised the device (PROF-13).</param>
/// <param name="Methods">How it was proven, in the words of RFC 8176: <c>pwd</c>, <c>otp</c>, <c>hwk</c>, ... At least one.</param>
/// <param name="MayPay">The payment right; without it the customer may look only.</param>
/// <param name="Origin">
/// What it is opened for: the login's challenge, at most 100 characters. The same origin opens the same session with the same tokens, so that a login whose
/// answer was lost may be completed again. Null: a session of its own.
/// </param>
public sealed record SessionStart(
    CustomerId Customer, UserName? User, SessionChannel Channel, InstallationId Installation, string? InstallationKey, bool DeviceTrusted, SessionScope Scope,
    IReadOnlyList<string> Methods, bool MayPay, string? Origin = null);
