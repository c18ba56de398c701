using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Serverless.Banking;
using Serverless.Functions.Tests.Infrastructure;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Docs;

/// <summary>docs/settings.md, made of the options classes, their remarks and the timers.</summary>
internal static partial class SettingsPage
{
    private const string Head = """
        # Settings

        Made by `make docs` from the options classes; a test compares. A setting is an environment variable or a value of `local.settings.json`; the parts of its name are joined by `__`,
        `0` stands for a place in a list, `{name}` for a name of your own. Times are `days.hours:minutes:seconds`. All that is wrong is told at the start, at once, and nothing starts.
        A secret is a reference to Key Vault in Azure; no secret has a default.

        """;

    /// <summary>Settings that the platform reads, not the bank.</summary>
    private static readonly (string Name, string Secret, string Meaning)[] Platform =
    [
        ("FUNCTIONS_WORKER_RUNTIME", "", "`dotnet-isolated`."),
        ("AzureWebJobsStorage", "on one machine", "The host's storage: a connection string on one machine, `AzureWebJobsStorage__accountName` and a managed identity in Azure."),
        ("ServiceBus", "on one machine", "The messages: a connection string on one machine, `ServiceBus__fullyQualifiedNamespace` and a managed identity in Azure."),
    ];

    /// <summary>Of every setting, as it stands on the page.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Platform.Select(one => one.Name), .. Schedules.Select(one => one.Setting), .. BankNeeds.Sections.SelectMany(section => Rows(section.Name, section.Options, Default(section.Options))).Select(row => row.Name)];

    public static string Write()
    {
        var page = new StringBuilder(Head);
        page.AppendLine().AppendLine("## The platform").AppendLine().AppendLine("| setting | secret | meaning |").AppendLine("| --- | --- | --- |");
        foreach (var (name, secret, meaning) in Platform)
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{name}` | {secret} | {meaning} |");
        page.AppendLine().AppendLine("## Schedules").AppendLine().AppendLine("Six fields (seconds first), in UTC; all must be set.").AppendLine()
            .AppendLine("| setting | timer | usual |").AppendLine("| --- | --- | --- |");
        foreach (var (setting, timer) in Schedules)
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{setting}` | `{timer}` | `{BankNeeds.Sample[setting]}` |");
        foreach (var group in BankNeeds.Sections.GroupBy(section => section.Name))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {(group.Key.Length == 0 ? "OpenTelemetry" : group.Key)}").AppendLine();
            foreach (var about in group.Select(section => Remarks.Of(section.Options.Name, null)).Where(about => about.Length > 0))
                page.AppendLine(about).AppendLine();
            page.AppendLine("| setting | type | default | allowed | secret | meaning |").AppendLine("| --- | --- | --- | --- | --- | --- |");
            foreach (var row in group.SelectMany(section => Rows(section.Name, section.Options, Default(section.Options))))
                page.AppendLine(CultureInfo.InvariantCulture, $"| `{row.Name}` | {row.Type} | {row.Default} | {row.Allowed} | {(row.IsSecret ? "yes" : "")} | {row.Meaning} |");
        }

        return page.Replace("\r", "").ToString();
    }

    private static IEnumerable<(string Setting, string Timer)> Schedules { get; } =
    [
        .. typeof(BankSetup).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .SelectMany(method => method.GetParameters().Select(parameter => (method, parameter.GetCustomAttribute<TimerTriggerAttribute>()))).Where(pair => pair.Item2?.Schedule.StartsWith('%') == true)
            .Select(pair => (pair.Item2!.Schedule.Trim('%'), pair.method.GetCustomAttribute<FunctionAttribute>()!.Name)).OrderBy(pair => pair.Item1, StringComparer.Ordinal),
    ];

    private static object? Default(Type type) => type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type);

    private static IEnumerable<Row> Rows(string prefix, Type type, object? defaults)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken))
        {
            var (name, of) = (property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? $"{prefix}__{property.Name}", Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            if (typeof(Delegate).IsAssignableFrom(of) || (property.SetMethod is not { IsPublic: true } && !IsGrown(of)))
                continue;
            var value = defaults is null ? null : property.GetValue(defaults);
            if (Element(of) is { } element)
            {
                var place = of.IsGenericType && typeof(IDictionary<,>).IsAssignableFrom(of.GetGenericTypeDefinition()) ? "{name}" : "0";
                if (IsPlain(element))
                    yield return new Row($"{name}__{place}", TypeOf(element, ""), Shown(value), "", IsSecret(property), Remarks.Of(type.Name, property.Name));
                else
                {
                    foreach (var row in Rows($"{name}__{place}", element, Default(element)))
                        yield return row;
                }
            }
            else if (IsPlain(of))
                yield return new Row(name, TypeOf(of, property.Name), IsSecret(property) ? "" : Shown(value), Allowed(property, of), IsSecret(property), Remarks.Of(type.Name, property.Name));
            else
            {
                foreach (var row in Rows(name, of, value ?? Default(of)))
                    yield return row;
            }
        }
    }

    private static bool IsSecret(PropertyInfo property) => property.GetCustomAttribute<SecretAttribute>() is not null;

    private static bool IsGrown(Type type) => Element(type) is not null && !type.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    private static Type? Element(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : null;

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.Namespace is "System" or "NodaTime";

    private static string TypeOf(Type type, string name) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(one => $"`{one}`"))
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "time"
        : type == typeof(Uri) ? "address"
        : type == typeof(string) ? "text"
        : Unit().Match(name) is { Success: true, Value: var unit } ? unit == "Minor" ? "minor units" : unit.ToLowerInvariant()
        : "number";

    private static string Shown(object? value) => value switch
    {
        null or "" => "",
        string text => $"`{text}`",
        IDictionary map => string.Join(", ", map.Keys.Cast<object>().Order().Select(key => $"`{key}`: {Shown(map[key])}")),
        IEnumerable all => string.Join(", ", all.Cast<object>().Select(Shown)),
        bool flag => flag ? "true" : "false",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Allowed(PropertyInfo property, Type type)
    {
        List<string> found = [];
        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
            found.Add("required");
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            found.Add($"{range.Minimum} to {range.Maximum}");
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } shape)
            found.Add($"`{shape.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}`");
        if (property.GetCustomAttribute<EmailAddressAttribute>() is not null)
            found.Add("e-mail address");
        return string.Join(", ", found);
    }

    [GeneratedRegex("(Days|Hours|Minutes|Seconds|Months|Years|Percent|Bytes|Minor)(?=$|[A-Z])", RegexOptions.RightToLeft)]
    private static partial Regex Unit();

    private sealed record Row(string Name, string Type, string Default, string Allowed, bool IsSecret, string Meaning);

    /// <summary>What the source says of classes and their properties.</summary>
    private static partial class Remarks
    {
        private static readonly Lazy<Dictionary<string, string>> Found = new(() =>
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in new[] { "banking", "functions" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*Options.cs", SearchOption.AllDirectories)))
                Read(File.ReadAllLines(file), found);
            return found;
        });

        public static string Of(string type, string? property) => Found.Value.GetValueOrDefault($"{type}.{property}", "");

        private static void Read(IEnumerable<string> lines, Dictionary<string, string> found)
        {
            var (type, said) = ("", new StringBuilder());
            foreach (var line in lines.Select(line => line.Trim()))
            {
                if (line.StartsWith("///", StringComparison.Ordinal))
                    said.Append(line[3..]);
                else if (Declared().Match(line) is { Success: true } declared)
                    found.TryAdd($"{type = declared.Groups[1].Value}.", Clean(said));
                else if (Property().Match(line) is { Success: true } property)
                    found.TryAdd($"{type}.{property.Groups[1].Value}", Clean(said));
                else if (!line.StartsWith('['))
                    said.Clear();
            }
        }

        private static string Clean(StringBuilder said)
        {
            var text = Reference().Replace(said.ToString(), match => $"`{match.Groups[1].Value.Split('.')[^1]}`");
            said.Clear();
            text = Code().Replace(text, match => $"`{match.Groups[1].Value}`");
            return Tag().Replace(text, "").Trim().Replace("|", "\\|", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        }

        [GeneratedRegex(@"^public sealed (?:partial )?(?:class|record) (\w+)")]
        private static partial Regex Declared();

        [GeneratedRegex(@"^public [\w<>?,. ]+? (\w+) (?:\{|=>)")]
        private static partial Regex Property();

        [GeneratedRegex("<(?:see cref|paramref name)=\"([^\"]+)\"\\s*/>")]
        private static partial Regex Reference();

        [GeneratedRegex("<c>(.*?)</c>")]
        private static partial Regex Code();

        [GeneratedRegex("<[^>]+>")]
        private static partial Regex Tag();
    }
}
