using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;
using Serverless.Functions.Http;
using Serverless.Functions.Tests.Architecture;
using Serverless.Testing;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Tests.Infrastructure;

/// <summary>What the built code needs of the world, found in its assemblies and in the sample of its settings.</summary>
internal static class BankNeeds
{
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(PostJournal).Assembly, typeof(StartSettlement).Assembly, typeof(BankSetup).Assembly];

    /// <summary>From <c>local.settings.sample.json</c>.</summary>
    public static IReadOnlyDictionary<string, string> Sample { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))!["Values"]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <summary>The sections that the app binds, sorted by name; of a name that has several options types, each.</summary>
    public static IReadOnlyList<SettingsSection> Sections { get; }

    /// <summary>The options types, by the section that the app binds to them.</summary>
    public static ILookup<string, Type> Options { get; }

    public static IReadOnlyList<string> Tables { get; }

    public static IReadOnlyList<string> Queues { get; } =
    [
        .. typeof(WorkQueues).GetFields().Select(field => (string)field.GetRawConstantValue()!)
            .Union(Triggers<ServiceBusTriggerAttribute>().Select(trigger => trigger.QueueName).OfType<string>()).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Containers { get; } =
    [
        .. Calling("Serverless.Banking.Storage.BankBlobs.Open").Select(type =>
            (string)(type.GetField("Container", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                ?? throw new InvalidOperationException($"{type} opens a container that it does not name in a constant 'Container'.")).GetRawConstantValue()!)
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The texts of everything the app may log.</summary>
    public static IReadOnlyList<string> LogMessages { get; } =
    [
        .. Methods().Select(method => method.GetCustomAttribute<Microsoft.Extensions.Logging.LoggerMessageAttribute>()?.Message).OfType<string>(),
    ];

    static BankNeeds()
    {
        var services = new ServiceCollection().AddBank(new ConfigurationBuilder().Build()).Select(service => service.ImplementationInstance).ToArray();
        Tables = [.. services.OfType<BankTable>().Select(table => table.Name).Distinct().Order(StringComparer.Ordinal)];
        Sections = [.. services.OfType<SettingsSection>().DistinctBy(section => section.Options).OrderBy(section => section.Name, StringComparer.Ordinal)];
        Options = Sections.ToLookup(section => section.Name, section => section.Options);
    }

    public static IEnumerable<T> Triggers<T>() where T : Attribute =>
        Methods().SelectMany(method => method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<T>()).OfType<T>();

    /// <summary>Whether any of the code uses a type of this namespace or name.</summary>
    public static bool Uses(string name) => Assemblies.Any(assembly =>
    {
        using var compiled = new CompiledAssembly(assembly);
        return compiled.UsedTypes().Any(used => used == name || used.StartsWith(name + ".", StringComparison.Ordinal));
    });

    private static IEnumerable<MethodInfo> Methods() => Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(type =>
        type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static IEnumerable<Type> Calling(string method) => Assemblies.SelectMany(assembly =>
    {
        using var compiled = new CompiledAssembly(assembly);
        return compiled.TypesThatCall(method).Distinct().Select(name => assembly.GetType(name, throwOnError: true)!).ToArray();
    });
}
