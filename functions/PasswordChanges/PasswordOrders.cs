using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.PasswordChanges;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

internal static class PasswordOrders
{
    /// <returns>Or <see cref="PasswordsDiffer"/>.</returns>
    public static Result<PasswordOrder> Of(HttpRequest request, string password, string again)
    {
        var caller = request.CustomerCaller();
        return password == again
            ? new PasswordOrder(caller.Id, caller.Session, password, "/newPassword", request.IdempotencyKey())
            : new InvalidInput([new PasswordsDiffer("/newPasswordAgain")]);
    }
}

/// <param name="ChangedAt">Since then the former password is good for nothing, in the app and in the Internet Branch.</param>
public sealed record PasswordChangedResponse(NodaTime.Instant ChangedAt);
