using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Sessions;

public sealed class SignOutFunction(SignOut signOut)
{
    [Function("Sessions_SignOut")]
    [Access(Right.Info, Scope = SessionScope.SmartPay, AlsoEnded = true)]
    [Summary("Signs out: ends the caller's session.", Details = "Its tokens stop working at once. Signing out twice gives the same answer. Device trust, the remembered number and the settings stay.")]
    [Answers(204)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/sign-out")] HttpRequest request)
    {
        await signOut.RunAsync(request.Customer(), request.CustomerCaller().Session, request.HttpContext.RequestAborted);
        return TypedResults.NoContent();
    }
}
