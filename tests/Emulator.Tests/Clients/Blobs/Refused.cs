using Azure;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

internal static class Refused
{
    /// <summary>The call is refused with this status and code.</summary>
    public static async Task WithAsync(int status, BlobErrorCode code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(call);
        Assert.Equal($"{status} {code}", $"{refused.Status} {refused.ErrorCode}");
    }

    /// <summary>The call is refused with this status; Azure and Azurite disagree about the code.</summary>
    public static async Task WithAsync(int status, Func<Task> call) => Assert.Equal(status, (await Assert.ThrowsAsync<RequestFailedException>(call)).Status);
}
