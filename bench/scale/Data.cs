using System.Text.Json;

namespace Serverless.Scale;

/// <summary>The data files beside the simulator, built into it.</summary>
internal static class Data
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string name)
    {
        using var stream = typeof(Data).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in.");
        return JsonSerializer.Deserialize<T>(stream, Json)!;
    }
}
