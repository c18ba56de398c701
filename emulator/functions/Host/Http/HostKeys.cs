using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>The keys that AuthorizationLevel asks for, made on first need and kept in the blobs where Azure's host keeps them.</summary>
/// <remarks>A request presents one in <c>x-functions-key</c> or <c>?code=</c>. The master key opens everything.</remarks>
internal sealed class HostKeys(HostStartup startup)
{
    private const string Host = "host";

    private readonly ConcurrentDictionary<string, Lazy<Task<KeySet>>> sets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<BlobContainerClient?> container = new(() => startup.Configuration["AzureWebJobsStorage"] is { Length: > 0 } storage
        ? new BlobContainerClient(storage, "azure-webjobs-secrets", ClientDiagnostics.Untraced(new BlobClientOptions()))
        : null);

    /// <summary>Whether the request's key is enough. Anonymous and User ask for none.</summary>
    public async Task<bool> AllowsAsync(AuthorizationLevel level, string function, HttpRequest request)
    {
        if (level is AuthorizationLevel.Anonymous or AuthorizationLevel.User)
            return true;

        var given = request.Headers["x-functions-key"].ToString();
        if (given.Length == 0)
            given = request.Query["code"].ToString();

        if (given.Length == 0)
            return false;

        var host = await HostSetAsync();
        if (Same(given, host.Master))
            return true;

        return level switch
        {
            AuthorizationLevel.Function => Same(given, host.Default) || Same(given, (await FunctionSetAsync(function)).Default),
            AuthorizationLevel.System => Same(given, host.System),
            _ => false,
        };
    }

    /// <summary>Master key, the key for every function, and the system key of extensions' webhooks.</summary>
    public Task<KeySet> HostSetAsync() => SetAsync(Host);

    /// <summary>Of one function; only the default key means something.</summary>
    public Task<KeySet> FunctionSetAsync(string function) => SetAsync(function.ToLowerInvariant());

    private Task<KeySet> SetAsync(string name)
    {
        var set = sets.GetOrAdd(name, missing => new Lazy<Task<KeySet>>(() => LoadAsync(missing)));
        if (set.Value.IsFaulted)
            sets.TryRemove(KeyValuePair.Create(name, set));

        return set.Value;
    }

    /// <summary>The first process to write decides; every other reads what it wrote.</summary>
    private async Task<KeySet> LoadAsync(string name)
    {
        var made = new KeySet(NewKey(), NewKey(), NewKey());
        if (container.Value is not { } secrets)
            return made;

        await secrets.CreateIfNotExistsAsync();
        var blob = secrets.GetBlobClient($"{startup.HostId}/{name}.json");
        try
        {
            await blob.UploadAsync(BinaryData.FromObjectAsJson(made));
            return made;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return (await blob.DownloadContentAsync()).Value.Content.ToObjectFromJson<KeySet>()!;
        }
    }

    private static bool Same(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(40)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
}

/// <summary>Keys are secrets: they have no place in logs.</summary>
internal sealed record KeySet(string Master, string Default, string System)
{
    public override string ToString() => nameof(KeySet);
}
