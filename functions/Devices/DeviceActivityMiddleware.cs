using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Functions.Authentication;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

/// <summary>Notes what a customer has done from a device, once it is done (PROF-17): what creates, replaces or removes something; questions are not noted.</summary>
/// <remarks>Logins and changes of devices note themselves, together with what they write. Other triggers pass synchronously, because orchestrations bear no awaiting around them.</remarks>
internal sealed class DeviceActivityMiddleware(RecordDeviceActivity record) : IFunctionsWorkerMiddleware
{
    private const int IdBytes = 16;

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        FunctionCatalogue.IsHttp(context.FunctionDefinition) ? RunAsync(context, next) : next(context);

    private async Task RunAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetHttpContext() is { } http && Call.Find(http) is { Caller: CustomerCaller { Channel: not SessionChannel.EKlik } caller } call && IsNoted(call.Declaration)
            && context.GetInvocationResult().Value is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 })
            record.RunLater(caller.Id, caller.Installation, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), call.Declaration.Name, http.Request.Place());
    }

    private static bool IsNoted(FunctionDeclaration function) =>
        (function.IsIdempotent || function.Methods.Any(method => method is "PUT" or "PATCH" or "DELETE")) && !function.Name.StartsWith("Devices_", StringComparison.Ordinal);
}
