using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>The keys that AuthorizationLevel asks for.</summary>
internal sealed class HostKeys
{
    /// <summary>Whether the request's key is enough. Anonymous and User ask for none.</summary>
    public Task<bool> AllowsAsync(AuthorizationLevel level, string function, HttpRequest request) =>
        Task.FromResult(level is AuthorizationLevel.Anonymous or AuthorizationLevel.User);
}
