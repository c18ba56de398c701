using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Serverless.Emulator.Hosting;

/// <summary>host.json, with settings named <c>AzureFunctionsJobHost__path__to__value</c> laid over it.</summary>
internal sealed class HostJson
{
    private readonly IConfiguration values;

    private HostJson(IConfiguration values)
    {
        this.values = values;
        if (values["version"] != "2.0")
            throw new FunctionMisconfiguredException("host.json: 'version' must be \"2.0\".");

        RoutePrefix = (values["extensions:http:routePrefix"] ?? "api").Trim('/');
        FunctionTimeout = values["functionTimeout"] is null or "-1" ? null : Time("functionTimeout", TimeSpan.FromMinutes(5));
    }

    /// <summary>Without slashes at its ends; empty when routes start at the root.</summary>
    public string RoutePrefix { get; }

    /// <summary>Null when a run may take any time.</summary>
    public TimeSpan? FunctionTimeout { get; }

    public static HostJson Read(string path, IConfiguration settings) =>
        Parse(File.Exists(path) ? File.ReadAllText(path) : throw new FunctionMisconfiguredException($"host.json is missing: {path}"), settings);

    public static HostJson Parse(string text, IConfiguration settings)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var values = new ConfigurationBuilder()
                .AddJsonStream(stream)
                .AddInMemoryCollection(settings.GetSection("AzureFunctionsJobHost").AsEnumerable(makePathsRelative: true)
                    .Where(setting => setting.Value is not null))
                .Build();
            return new HostJson(values);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException)
        {
            throw new FunctionMisconfiguredException($"host.json: {(e.InnerException ?? e).Message}");
        }
    }

    public IConfigurationSection Section(string path) => values.GetSection(path);

    public string Text(string path, string otherwise) => values[path] ?? otherwise;

    /// <exception cref="FunctionMisconfiguredException">Neither true nor false.</exception>
    public bool Flag(string path, bool otherwise) => values[path] is not { } text
        ? otherwise
        : bool.TryParse(text, out var flag) ? flag : throw Fault(path, text, "true or false");

    /// <exception cref="FunctionMisconfiguredException">Not a whole number in the range.</exception>
    public int Number(string path, int otherwise, int least = 1, int most = int.MaxValue) => values[path] is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Fault(path, text, most == int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}");

    /// <exception cref="FunctionMisconfiguredException">Not a positive time.</exception>
    public TimeSpan Time(string path, TimeSpan otherwise) => values[path] is not { } text
        ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero
            ? time
            : throw Fault(path, text, "a time as hh:mm:ss");

    private static FunctionMisconfiguredException Fault(string path, string text, string expected) =>
        new($"host.json: '{path.Replace(':', '.')}' is '{text}', but must be {expected}.");
}
