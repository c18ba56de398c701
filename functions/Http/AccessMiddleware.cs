using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Serverless.Banking;
using Serverless.Functions.Authentication;

namespace Serverless.Functions.Http;

/// <summary>Lets a call through to a function when its declaration allows the caller, and reads what it declares besides the body.</summary>
/// <remarks>
/// A function that declares no right is refused to everybody. Other triggers pass synchronously, because orchestrations bear no
/// awaiting around them.
/// </remarks>
internal sealed class AccessMiddleware(FunctionCatalogue catalogue, Authenticator authenticator, ILogger<AccessMiddleware> log) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        FunctionCatalogue.IsHttp(context.FunctionDefinition) ? RunAsync(context, next) : next(context);

    private async Task RunAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("ConfigureFunctionsWebApplication() must come first.");
        var declaration = catalogue.Find(context.FunctionDefinition)
            ?? throw new InvalidOperationException($"{context.FunctionDefinition.Name} has no HTTP trigger in its code.");
        if (await AdmitAsync(declaration, http) is { } refusal)
            context.GetInvocationResult().Value = new ProblemResult(refusal);
        else
        {
            await next(context);
            SeeThatConfirmed(declaration, context, http);
        }
    }

    /// <summary>A quote that nobody can open confirms nothing: not even the first answer under its key comes again (the quotes' key was changed meanwhile).</summary>
    /// <exception cref="InvalidOperationException">A bug that any test of the function finds: it has done what its customer was never asked to confirm.</exception>
    private void SeeThatConfirmed(FunctionDeclaration declaration, FunctionContext context, HttpContext http)
    {
        if (declaration.Confirmed is null || Call.Find(http) is not { IsConfirmed: false } || context.GetInvocationResult().Value is ProblemResult)
            return;
        if (declaration.IsChallenged)
            throw new InvalidOperationException($"{declaration.Name} declares [Confirmed] and did not ask for a confirmation.");
        log.LogError("{Function} answered a quote that could not be opened.", declaration.Name);
        context.GetInvocationResult().Value = new ProblemResult(new QuoteNotFound());
    }

    /// <returns>Null when the call may go on.</returns>
    private async Task<Error?> AdmitAsync(FunctionDeclaration declaration, HttpContext http)
    {
        if (declaration.Access is not { } access)
        {
            log.LogError("{Function} declares no access and is refused.", declaration.Name);
            return new AccessUndeclared();
        }

        var call = new Call(http, declaration);
        if (access.Right is not (Right.Public or Right.Partner))
        {
            var caller = await authenticator.AuthenticateAsync(http.Request, access);
            if (!caller.IsSuccess)
                return caller.Error;
            if (Rights.Refuse(access, caller.Value) is { } refusal)
                return refusal;
            call.Caller = caller.Value;
        }
        else if (await AddressLimit.RefuseAsync(http, declaration.AddressLimit) is { } tooMany)
            return tooMany;

        call.Attach();
        Envelope.Read(call);

        // With a body to read, its faults are reported together with these.
        return call.Faults.Count > 0 && declaration.Body is null ? new InvalidInput(call.Faults) : null;
    }
}
