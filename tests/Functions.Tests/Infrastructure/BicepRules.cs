using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Serverless.Functions.Tests.Infrastructure;

/// <summary>What Azure's compiler would say, as far as names tell it, and the bank's own rules.</summary>
internal static partial class BicepRules
{
    /// <summary>Kinds that Azure gives no tags.</summary>
    private static readonly string[] Untagged =
    [
        "Microsoft.Authorization/locks", "Microsoft.Authorization/roleAssignments", "Microsoft.Consumption/budgets", "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "Microsoft.OperationalInsights/workspaces/dataExports", "Microsoft.ServiceBus/namespaces/queues",
        "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies", "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.Storage/storageAccounts/tableServices", "Microsoft.Storage/storageAccounts/tableServices/tables",
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "Microsoft.Web/sites/config",
    ];

    /// <summary>Only a preview has them.</summary>
    private static readonly string[] Previews = ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"];

    /// <summary>Functions of the language that the bank uses.</summary>
    private static readonly string[] Functions =
    [
        "any", "concat", "empty", "environment", "guid", "items", "loadJsonContent", "max", "replace", "resourceId", "string", "subscription", "subscriptionResourceId",
        "tenant", "toLower", "toObject", "union", "uniqueString",
    ];

    /// <summary>Tells where telemetry goes; who may send it is a role, since local authentication is off.</summary>
    private static readonly string[] Addresses = ["insights.properties.ConnectionString", "APPLICATIONINSIGHTS_CONNECTION_STRING"];

    /// <param name="all">By path.</param>
    /// <returns>"rule name", in the order of the rules.</returns>
    public static IEnumerable<string> Findings(BicepFile file, IReadOnlyDictionary<string, BicepFile> all, string text)
    {
        foreach (var error in file.Errors)
            yield return $"syntax {error}";
        foreach (var name in file.Declared.Except(file.Imports.Select(it => it.Name)).Where(name => !CamelCase().IsMatch(name)))
            yield return $"camel-case {name}";
        foreach (var name in file.Outputs.Select(it => it.Name).Where(name => !(file.TargetScope == "subscription" ? UpperCase() : CamelCase()).IsMatch(name)))
            yield return $"output-name {name}";
        foreach (var name in file.Uses.Distinct().Except(file.Declared).Except(Functions))
            yield return $"unknown-name {name}";
        var exported = file.Path.StartsWith("bank/", StringComparison.Ordinal) ? file.Vars.Select(it => it.Name) : [];
        foreach (var name in file.Declared.Except(file.Resources.Select(it => it.Name)).Except(file.Modules.Select(it => it.Name)).Except(exported).Except(file.Uses))
            yield return $"unused-name {name}";
        foreach (var resource in file.Resources)
        {
            foreach (var finding in Findings(resource))
                yield return finding;
        }

        foreach (var module in file.Modules)
        {
            foreach (var finding in Findings(module, Find(file, module.Path, all)))
                yield return finding;
        }

        foreach (var import in file.Imports.Where(import => Find(file, import.Path, all)?.Vars.Any(it => it.Name == import.Name) != true))
            yield return $"unknown-import {import.Name}";
        foreach (var (module, output) in file.Members.Select(it => OutputUse().Match(it)).Where(it => it.Success).Select(it => (it.Groups[1].Value, it.Groups[2].Value)).Distinct())
        {
            if (file.Modules.SingleOrDefault(it => it.Name == module) is { } used && Find(file, used.Path, all)?.Outputs.Any(it => it.Name == output) != true)
                yield return $"unknown-output {module}.{output}";
        }

        foreach (Match key in Keys().Matches(Addresses.Aggregate(text, (left, address) => left.Replace(address, "", StringComparison.Ordinal))))
            yield return $"key {key.Value}";
    }

    private static IEnumerable<string> Findings(BicepResource resource)
    {
        var kind = resource.Type.Split('@')[0];
        if (!Version().IsMatch(resource.Type) && !Previews.Contains(resource.Type))
            yield return $"version {resource.Type}";
        if (resource.IsExisting)
            yield break;
        if (!Untagged.Contains(kind) && !Tags().IsMatch(TextOf(resource.Properties["tags"])))
            yield return $"tags {resource.Name}";
        if (resource.Properties["location"] is JsonValue location && (string?)location != "global")
            yield return $"location {resource.Name}";
    }

    private static IEnumerable<string> Findings(BicepModule module, BicepFile? target)
    {
        if (target is null)
        {
            yield return $"unknown-module {module.Path}";
            yield break;
        }

        var given = module.Properties["params"]!.AsObject().Select(it => it.Key).ToArray();
        foreach (var name in given.Except(target.Params.Select(it => it.Name)))
            yield return $"unknown-parameter {module.Name}.{name}";
        foreach (var name in target.Params.Where(it => !it.IsOptional).Select(it => it.Name).Except(given))
            yield return $"missing-parameter {module.Name}.{name}";
    }

    private static BicepFile? Find(BicepFile from, string path, IReadOnlyDictionary<string, BicepFile> all)
    {
        var folder = Path.GetDirectoryName(from.Path)!;
        return all.GetValueOrDefault(Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, path))).Replace('\\', '/'));
    }

    private static string TextOf(JsonNode? value) => (string?)(value as JsonObject)?["$"] ?? "";

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex CamelCase();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex UpperCase();

    [GeneratedRegex(@"^[A-Za-z.]+(/[A-Za-z]+)+@\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^(tags|union\(tags,.*\))$")]
    private static partial Regex Tags();

    [GeneratedRegex(@"^(\w+)\.outputs\.(\w+)")]
    private static partial Regex OutputUse();

    [GeneratedRegex(@"\blist\w*Keys\b|\blist[A-Z]\w*\(|connection_?string|SharedAccessKey=|AccountKey=", RegexOptions.IgnoreCase)]
    private static partial Regex Keys();
}
