using System.Reflection;

namespace Serverless.Emulator.Tests.Conformance;

/// <summary>What compiles against a stand-in must compile against the official package.</summary>
public sealed class StandInSurface
{
    [Theory]
    [InlineData("Serverless.Emulator.Clients")]
    [InlineData("Serverless.Emulator.Functions")]
    public void Every_public_member_of_a_stand_in_exists_in_the_official_surface(string assembly)
    {
        var types = Assembly.Load(assembly).GetExportedTypes().Where(type => !IsOwn(type)).ToList();

        var faults = OfficialSurface.Load().Faults(ApiDump.Lines(types));

        Assert.NotEmpty(types);
        Assert.True(faults.Count == 0, $"{faults.Count} lines of {assembly}:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    [Fact]
    public void The_official_lists_hold_every_assembly_that_is_stood_in_for()
    {
        var files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "OfficialApi"), "*.txt")
            .Select(Path.GetFileNameWithoutExtension)
            .ToList();

        Assert.Superset(
            new HashSet<string?>
            {
                "Azure.Data.Tables", "Azure.Messaging.ServiceBus", "Azure.Storage.Blobs", "Microsoft.Azure.Functions.Worker",
                "Microsoft.Azure.Functions.Worker.Core", "Microsoft.DurableTask.Abstractions", "Microsoft.DurableTask.Client",
            },
            files.ToHashSet());
    }

    /// <summary>What a stand-in needs for itself.</summary>
    private static bool IsOwn(Type type) =>
        type.Namespace is { } space && (space == "Serverless.Emulator" || space.StartsWith("Serverless.Emulator.", StringComparison.Ordinal));
}
