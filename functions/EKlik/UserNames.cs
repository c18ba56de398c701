using Serverless.Banking;
using Serverless.Banking.EKlik;
using Serverless.Banking.Sessions;

namespace Serverless.Functions.EKlik;

internal static class UserNames
{
    public const string Pattern = "[A-Za-z0-9._@-]{3,50}";

    /// <returns>Or <see cref="UserNameMalformed"/>.</returns>
    public static Result<UserName> Read(string text, string field = "userName") => UserName.Find(text) is { } name ? name : new UserNameMalformed(field);
}
