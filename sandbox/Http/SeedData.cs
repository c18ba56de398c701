using System.Text.Json;

namespace Serverless.Sandbox.Http;

/// <summary>The files of sandbox/Data, which are part of the assembly.</summary>
internal static class SeedData
{
    /// <exception cref="InvalidOperationException">There is no such file, or it has another shape.</exception>
    public static T Read<T>(string file)
    {
        using var stream = typeof(SeedData).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"sandbox/Data/{file} is missing.");
        return JsonSerializer.Deserialize<T>(stream, Answers.Options) ?? throw new InvalidOperationException($"sandbox/Data/{file} is empty.");
    }
}
