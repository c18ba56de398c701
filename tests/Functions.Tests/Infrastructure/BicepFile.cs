using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Infrastructure;

/// <summary>What a Bicep file declares, as <c>bicep.mjs</c> finds it. Values are JSON: literals as they are, what is computed as <c>{"$": its text}</c>.</summary>
/// <param name="Path">From the folder <c>infra</c>.</param>
/// <param name="Uses">Names in expressions, but for those that loops and lambdas bring.</param>
/// <param name="Members">Whole chains, such as <c>app.outputs.url</c>.</param>
internal sealed record BicepFile(
    string Path, IReadOnlyList<string> Errors, string TargetScope, IReadOnlyList<BicepParam> Params, IReadOnlyList<BicepVar> Vars,
    IReadOnlyList<BicepResource> Resources, IReadOnlyList<BicepModule> Modules, IReadOnlyList<BicepOutput> Outputs, IReadOnlyList<BicepImport> Imports,
    IReadOnlyList<string> Uses, IReadOnlyList<string> Calls, IReadOnlyList<string> Members)
{
    public static string Root { get; } = System.IO.Path.Combine(Repository.Root, "infra");

    private static readonly Lazy<Task<IReadOnlyList<BicepFile>>> Repositorys = new(() =>
        ReadAsync(Root, [.. Directory.EnumerateFiles(Root, "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]));

    /// <summary>Everything under <c>infra</c>, read once.</summary>
    public static Task<IReadOnlyList<BicepFile>> AllAsync() => Repositorys.Value;

    public static async Task<IReadOnlyList<BicepFile>> ReadAsync(string root, IReadOnlyList<string> paths)
    {
        using var reader = Process.Start(new ProcessStartInfo("node", [System.IO.Path.Combine(Repository.Root, "tests/Functions.Tests/Infrastructure/bicep.mjs"), .. paths])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = await Task.WhenAll(reader.StandardOutput.ReadToEndAsync(), reader.StandardError.ReadToEndAsync());
        await reader.WaitForExitAsync();
        Assert.True(reader.ExitCode == 0, output[1]);
        return
        [
            .. JsonSerializer.Deserialize<List<BicepFile>>(output[0], JsonSerializerOptions.Web)!
                .Select(file => file with { Path = System.IO.Path.GetRelativePath(root, file.Path).Replace('\\', '/') }),
        ];
    }

    public IEnumerable<string> Declared =>
        [.. Params.Select(it => it.Name), .. Vars.Select(it => it.Name), .. Resources.Select(it => it.Name), .. Modules.Select(it => it.Name), .. Imports.Select(it => it.Name)];
}

internal sealed record BicepParam(string Name, string Type, bool IsOptional);

internal sealed record BicepVar(string Name, JsonNode Value);

/// <param name="Type">With its version.</param>
/// <param name="Properties">Of one of them, where a loop makes several.</param>
internal sealed record BicepResource(string Name, string Type, bool IsExisting, JsonObject Properties);

internal sealed record BicepModule(string Name, string Path, JsonObject Properties);

internal sealed record BicepOutput(string Name, JsonNode? Value);

internal sealed record BicepImport(string Name, string Path);
