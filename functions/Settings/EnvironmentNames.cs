using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Serverless.Functions.Settings;

/// <summary>Settings whose names have hyphens, such as <c>Partners:Billers:traffic-police:Key</c>, from environment variables.</summary>
/// <remarks>
/// Azure takes letters, digits, periods and underscores in the name of an app's setting, and no hyphen. Two underscores are the colon, as everywhere in
/// .NET; one is the hyphen: <c>Partners__Billers__traffic_police__Key</c>. The bank's own names have no underscore.
/// </remarks>
public static class EnvironmentNames
{
    /// <summary>Reads the process's variables that way from now on. Names without a section, such as the host's own, stay as they are.</summary>
    public static void ReadUnderscoresAsHyphens(this IConfigurationBuilder configuration)
    {
        var sources = configuration.Sources;
        for (var place = 0; place < sources.Count; place++)
        {
            if (sources[place] is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
                sources[place] = new Source();
        }
    }

    internal static string Read(string name) => name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) ? name.Replace('_', '-') : name;

    private sealed class Source : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider();
    }

    private sealed class Provider : EnvironmentVariablesConfigurationProvider
    {
        public override void Load()
        {
            base.Load();
            var read = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in Data)
            {
                read[Read(name)] = value;
            }

            Data = read;
        }
    }
}
