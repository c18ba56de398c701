using System.Text.Json;

namespace Serverless.Emulator.Hosting;

/// <summary>The <c>Values</c> of local.settings.json, weaker than the environment.</summary>
internal static class LocalSettings
{
    /// <returns>Nothing when there is no such file.</returns>
    /// <exception cref="FunctionMisconfiguredException">The file cannot be read as settings.</exception>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(string path)
    {
        if (!File.Exists(path))
            return [];

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!document.RootElement.TryGetProperty("Values", out var values))
                return [];

            return values.EnumerateObject().Select(value => Normalize(new(value.Name, Text(value)))).ToList();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FunctionMisconfiguredException($"local.settings.json: {e.Message}");
        }
    }

    /// <summary>Names may separate their parts by two underscores, as in the environment.</summary>
    public static KeyValuePair<string, string?> Normalize(KeyValuePair<string, string?> setting) =>
        new(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value);

    private static string Text(JsonProperty value) => value.Value.ValueKind switch
    {
        JsonValueKind.String => value.Value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => throw new FunctionMisconfiguredException(
            $"local.settings.json: the value '{value.Name}' must be text, not {value.Value.ValueKind}; use '{value.Name}__Part' names instead."),
        _ => value.Value.GetRawText(),
    };
}
