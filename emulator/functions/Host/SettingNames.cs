using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Serverless.Emulator.Hosting;

internal static partial class SettingNames
{
    /// <summary>Replaces each <c>%Name%</c> by the setting of that name.</summary>
    /// <exception cref="FunctionMisconfiguredException">There is no such setting.</exception>
    public static string Resolve(string text, IConfiguration configuration, string function) =>
        Placeholder().Replace(text, match => configuration[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FunctionMisconfiguredException(function, $"the setting '{match.Groups[1].Value}' that it names is missing."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
