using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Emulator.Tests.Conformance;

/// <summary>The build for Azure: same sources, official packages, no stand-in. It cannot be restored everywhere, so it is only evaluated.</summary>
public sealed class AzureBuild
{
    private static readonly string[] Clients = ["Azure.Data.Tables 12.11.0", "Azure.Messaging.ServiceBus 7.20.1", "Azure.Storage.Blobs 12.30.0"];

    private static readonly string[] Durable =
    [
        "Microsoft.Azure.Functions.Worker 2.52.0", "Microsoft.Azure.Functions.Worker.Extensions.DurableTask 1.16.5",
    ];

    private static readonly string[] Worker =
    [
        "Microsoft.Azure.Functions.Worker.Extensions.Http 3.3.0", "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore 2.1.0",
        "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus 5.24.0", "Microsoft.Azure.Functions.Worker.Extensions.Timer 4.3.1",
        "Microsoft.Azure.Functions.Worker.Sdk 2.0.7",
    ];

    public static TheoryData<string, string[]> Projects => new()
    {
        { "banking/Serverless.Banking.csproj", Clients },
        { "durable-workflows/Serverless.Workflows.csproj", Durable },
        { "functions/Serverless.Functions.csproj", [.. Clients, .. Durable, .. Worker] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task With_FunctionsHost_Azure_a_project_names_the_official_packages_and_no_stand_in(string project, string[] packages)
    {
        var items = await EvaluateAsync(project, "Azure");

        var versions = items.GetProperty("PackageVersion").EnumerateArray().ToDictionary(Identity, item => item.GetProperty("Version").GetString());
        var referenced = items.GetProperty("PackageReference").EnumerateArray().Select(Identity).Select(name => $"{name} {versions[name]}");
        Assert.Superset(packages.ToHashSet(), referenced.ToHashSet());
        Assert.DoesNotContain(
            items.GetProperty("ProjectReference").EnumerateArray().Select(Identity), reference => reference.Contains("emulator", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_it_the_functions_app_references_the_stand_ins_and_none_of_the_official_packages()
    {
        var items = await EvaluateAsync("functions/Serverless.Functions.csproj", "Local");

        Assert.Equal(
            2, items.GetProperty("ProjectReference").EnumerateArray().Select(Identity).Count(reference => reference.Contains("/emulator/", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            items.GetProperty("PackageReference").EnumerateArray().Select(Identity),
            name => Clients.Concat(Durable).Concat(Worker).Any(package => package.StartsWith(name + " ", StringComparison.Ordinal)));
    }

    private static string Identity(JsonElement item) => item.GetProperty("Identity").GetString()!;

    private static async Task<JsonElement> EvaluateAsync(string project, string host)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryRoot(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[]
        {
            "msbuild", project, "-getItem:PackageReference,PackageVersion,ProjectReference", $"-p:FunctionsHost={host}", "-nodeReuse:false",
        })
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("Items");
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Serverless.sln above the tests.");

        return folder.FullName;
    }
}
