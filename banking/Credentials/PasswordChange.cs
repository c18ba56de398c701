using Serverless.Banking.Audit;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

public enum PasswordChangeReason
{
    /// <summary>By the customer, who was signed in (AUTH-17, AUTH-18, AUTH-19).</summary>
    Changed,

    /// <summary>By the customer, who had forgotten it (AUTH-16): also lifts every lock.</summary>
    Recovered,
}

/// <param name="Field">JSON pointer of the password, for what is wrong with it.</param>
/// <param name="Order">Names this change: repeated with the same order it is done once. The recovery's id, the customer's idempotency key.</param>
/// <param name="Keep">The session in which it was changed; all others end. Null: all end.</param>
/// <param name="Using">A unique code that allowed it, used up in the same group.</param>
public sealed record PasswordChange(
    CustomerId Customer, string Password, string Field, PasswordChangeReason Reason, string Order, AuditActor Actor, SessionId? Keep = null, UniqueCodeId? Using = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"password change of {Customer}";
}
