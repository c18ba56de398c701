using Serverless.Banking.Sessions;

namespace Serverless.Banking.PasswordChanges;

/// <summary>A customer who is signed in wants another password.</summary>
/// <param name="Key">Repeated with the same key it is changed once.</param>
/// <param name="Session">Goes on; all others end.</param>
/// <param name="Field">JSON pointer of the new password.</param>
public sealed record PasswordOrder(CustomerId Customer, SessionId Session, string NewPassword, string Field, IdempotencyKey Key)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"password order of {Customer}";
}
