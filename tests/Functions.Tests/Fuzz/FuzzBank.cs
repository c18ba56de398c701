using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Access;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.OpenApi;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>One bank for all nonsense. Every operation has a customer of its own, so that one that signs out does not blunt the next.</summary>
public sealed class FuzzBank : IAsyncLifetime
{
    private const int AtOnce = 4;

    private HttpBank bank = null!;
    private string staff = "";

    internal IReadOnlyList<ApiOperation> Operations { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        bank = await HttpBank.StartAsync();
        Operations = ApiOperation.All(new ApiDocument(JsonNode.Parse(await bank.Anonymous.GetStringAsync("api/openapi.json"))!));
        staff = await bank.TokenAsync(new() { ["staff"] = "teller-2", ["roles"] = string.Join(' ', IdentityKit.Roles(Operations)) });
    }

    public ValueTask DisposeAsync() => bank.DisposeAsync();

    /// <summary>Somebody who may call the operation; null when it takes no token.</summary>
    internal async Task<string?> TokenAsync(ApiOperation operation) => operation.Right switch
    {
        "staff" => staff,
        "info" or "payment" => await bank.TokenAsync(new() { ["customer"] = (620_000_000 + operation.Id.Sum(c => c) * 1000 + operation.Id.Length).ToString(CultureInfo.InvariantCulture) }),
        _ => null,
    };

    /// <param name="path">Below <c>/api/</c>.</param>
    internal Task<Answer> CallAsync(string method, string path, HttpContent? body, string? token, IEnumerable<(string Name, string Value)> headers) =>
        bank.CallAsync(method, path, token: token, change: request =>
        {
            request.Content = body;
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
        });

    /// <summary>Every operation, some at once, the same way each time.</summary>
    internal async Task NothingWrongAsync(Func<ApiOperation, Task<string?>> complain)
    {
        var complaints = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Operations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (operation, _) =>
        {
            if (await complain(operation) is { } complaint)
                complaints.Enqueue(complaint);
        });
        Assert.True(complaints.IsEmpty, string.Join("\n\n", complaints.Order(StringComparer.Ordinal)));
    }
}
