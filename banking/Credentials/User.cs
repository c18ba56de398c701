using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>A customer who may sign in: one password for the app and the Internet Branch (AUTH-20).</summary>
/// <param name="MayPay">False for who may only look.</param>
/// <param name="PasswordSetAt">Of the password in force.</param>
/// <param name="RecoveredAt">When the password was last set by a recovery; for a day after it a new device needs the identity document (AUTH-27).</param>
public sealed record User(CustomerId Customer, bool MayPay, Instant RegisteredAt, Instant PasswordSetAt, Instant? RecoveredAt);
