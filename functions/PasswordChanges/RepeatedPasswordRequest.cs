using System.ComponentModel.DataAnnotations;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

public sealed record RepeatedPasswordRequest(
    [property: MaxLength(128), Example("Vera2026y")] string Password, [property: MaxLength(128), Example("Vera2026y")] string PasswordAgain)
{
    /// <returns>The password; or <see cref="PasswordsDiffer"/>.</returns>
    internal Result<string> Check() => Check(Password, PasswordAgain);

    internal static Result<string> Check(string password, string again) =>
        password == again ? password : new InvalidInput([new PasswordsDiffer("/passwordAgain")]);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(RepeatedPasswordRequest);
}
