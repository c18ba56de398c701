using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Serverless.Banking;

namespace Serverless.Functions.Tests.Infrastructure;

/// <summary>What the code uses is what <c>infra</c> makes, and nothing else. A difference is named by what is missing on which side.</summary>
/// <remarks>A setting that is added to the sample is added to one of <c>infra/bank/settings</c>, <c>schedules</c>, <c>secrets</c> or to every stage.</remarks>
public sealed class DriftTests
{
    /// <summary>Of one machine only, with what takes its place in Azure; null: nothing does.</summary>
    private static readonly Dictionary<string, string?> OnOneMachine = new()
    {
        ["AzureWebJobsStorage"] = "AzureWebJobsStorage__accountName",
        ["FUNCTIONS_WORKER_RUNTIME"] = null, // The app's runtime is part of its plan.
        ["Receipts__KeyFile"] = "Receipts__SigningKey",
        ["ServiceBus"] = "ServiceBus__fullyQualifiedNamespace",
        ["Sessions__KeyFile"] = "Sessions__SigningKey",
        ["Storage__ConnectionString"] = "Storage__TablesUri",
        ["Webhooks__AllowPrivateAddresses"] = null, // Nobody inside the network is sent webhooks.
    };

    private static readonly string[] OnlyInAzure =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "Api__ForwardedHops", "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential", "ServiceBus__clientId", "ServiceBus__credential", "Sessions__Issuer", "Storage__BlobsUri",
    ];

    /// <summary>Read by the host, the triggers or Azure's own clients, not by the bank's options.</summary>
    private static readonly string[] NotOurs =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential", "ServiceBus__clientId", "ServiceBus__credential", "ServiceBus__fullyQualifiedNamespace",
    ];

    [Fact]
    public async Task Tables_are_those_that_capabilities_register() => Same(BankNeeds.Tables, Texts(await ListAsync("bank/tables.bicep", "tables")));

    [Fact]
    public async Task Containers_are_those_that_the_code_opens() =>
        Same(BankNeeds.Containers, (await ListAsync("bank/containers.bicep", "containers")).AsArray().Select(it => (string)it!["name"]!));

    [Fact]
    public async Task Queues_are_those_that_work_is_sent_to_and_taken_from()
    {
        var triggers = BankNeeds.Triggers<ServiceBusTriggerAttribute>().ToArray();

        Same(BankNeeds.Queues, Texts(await ListAsync("bank/queues.bicep", "queues")));
        Same(BankNeeds.Queues, triggers.Select(trigger => trigger.QueueName).OfType<string>());
        Assert.Equal(["ServiceBus"], triggers.Select(trigger => trigger.Connection).Distinct());
        // The first one gets a list of its own in bank/queues.bicep, and this test a line.
        Assert.Empty(triggers.Select(trigger => trigger.TopicName).OfType<string>());
    }

    [Fact]
    public async Task Schedules_are_those_of_the_timers_and_the_same_as_on_one_machine()
    {
        var declared = (await ListAsync("bank/schedules.bicep", "schedules")).AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);
        var used = BankNeeds.Triggers<TimerTriggerAttribute>().Select(timer => timer.Schedule).Where(schedule => schedule.StartsWith('%')).Select(schedule => schedule.Trim('%'));

        Same(used, declared.Keys);
        Same(BankNeeds.Sample.Where(it => it.Key.EndsWith("Schedule", StringComparison.Ordinal)).Select(it => $"{it.Key} {it.Value}"), declared.Select(it => $"{it.Key} {it.Value}"));
    }

    [Fact]
    public async Task Settings_are_those_of_the_sample_and_each_is_read_by_somebody()
    {
        var declared = await SettingsAsync();

        Same(
            BankNeeds.Sample.Keys.Select(name => OnOneMachine.TryGetValue(name, out var other) ? other : Azures(name)).OfType<string>().Concat(OnlyInAzure),
            declared);
        Assert.Empty(OnOneMachine.Keys.Except(BankNeeds.Sample.Keys));
        Assert.Empty(declared.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(declared, name => Assert.Matches("^[A-Za-z0-9_]+$", name));
        Assert.DoesNotContain(declared.Except(NotOurs), name => !name.EndsWith("Schedule", StringComparison.Ordinal) && !IsRead(name));
        Assert.False(IsRead("Partners__Nobody__BaseUrl") || IsRead("Quotes__Keys") || IsRead("Nothing__Key"), "Whatever is asked for seems to be read.");
    }

    [Fact]
    public async Task Secrets_are_in_the_vault_only()
    {
        var secrets = Texts(await ListAsync("bank/secrets.bicep", "secrets")).ToArray();

        Same(BankNeeds.Sample.Keys.Except(OnOneMachine.Keys).Select(Azures).Where(IsSecret).Concat(["Receipts__SigningKey", "Sessions__SigningKey"]), secrets);
        Assert.DoesNotContain((await SettingsAsync()).Except(secrets), IsSecret);
        Assert.Equal(secrets.Length, secrets.Select(name => name.Replace("__", "--", StringComparison.Ordinal).Replace('_', '-').ToUpperInvariant()).Distinct().Count());
        var known = BankNeeds.Sample.Where(it => IsSecret(it.Key)).Select(it => it.Value).ToHashSet();
        Assert.All(Directory.EnumerateFiles(BicepFile.Root, "*", SearchOption.AllDirectories), path =>
            Assert.DoesNotContain(known, secret => File.ReadAllText(path).Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Production_trusts_nothing_that_the_sandbox_has_signed()
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BicepFile.Root, "stages/prod.json")))!["settings"]!.AsObject();

        Assert.All(
            ["Devices__AttestationKeys__0", "IdentityDocuments__Authorities__0"],
            name => Assert.NotEqual(BankNeeds.Sample[name], (string?)settings[name]));
    }

    [Fact]
    public async Task Roles_are_what_the_code_does_with_each_resource()
    {
        var declared = (await ListAsync("bank/roles.bicep", "roles")).AsObject();
        var needed = new (string Resource, string Role, bool IsNeeded)[]
        {
            // The host keeps its leases there, Durable Functions the hub, Flex Consumption the package.
            ("hostStorage", "Storage Blob Data Owner", true),
            ("hostStorage", "Storage Queue Data Contributor", BankNeeds.Uses("Microsoft.DurableTask")),
            ("hostStorage", "Storage Table Data Contributor", BankNeeds.Uses("Microsoft.DurableTask")),
            ("bankStorage", "Storage Blob Data Contributor", BankNeeds.Uses("Azure.Storage.Blobs")),
            ("bankStorage", "Storage Table Data Contributor", BankNeeds.Uses("Azure.Data.Tables")),
            ("bankStorage", "Storage Queue Data Contributor", BankNeeds.Uses("Azure.Storage.Queues")),
            ("serviceBus", "Azure Service Bus Data Receiver", BankNeeds.Triggers<ServiceBusTriggerAttribute>().Any()),
            ("serviceBus", "Azure Service Bus Data Sender", BankNeeds.Uses("Azure.Messaging.ServiceBus.ServiceBusSender")),
            ("vault", "Key Vault Secrets User", true),
            ("insights", "Monitoring Metrics Publisher", true),
        };

        Same(needed.Where(it => it.IsNeeded).Select(it => $"{it.Resource}: {it.Role}"), declared.SelectMany(it => Texts(it.Value!).Select(role => $"{it.Key}: {role}")));
        var modules = (await BicepFile.AllAsync()).Single(file => file.Path == "bank.bicep").Modules;
        Same(
            declared.Select(it => $"{it.Key} is given roles.{it.Key}"),
            modules.Where(module => module.Properties["params"]!["roles"] is not null).Select(module => $"{module.Name} is given {(string?)module.Properties["params"]!["roles"]!["$"]}"));
    }

    [Fact]
    public async Task Alerts_wait_for_what_the_code_says()
    {
        var phrases = (await ListAsync("bank/alerts.bicep", "loggedAlerts")).AsArray().SelectMany(alert => Texts(alert!["phrases"]!)).ToArray();

        Assert.NotEmpty(phrases);
        Assert.DoesNotContain(phrases, phrase => !BankNeeds.LogMessages.Any(message => message.Contains(phrase, StringComparison.Ordinal)));
    }

    /// <summary>Everything that the app is given, plain and secret, in each stage the same.</summary>
    private static async Task<IReadOnlyList<string>> SettingsAsync()
    {
        var stage = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BicepFile.Root, "stages/dev.json")))!["settings"]!.AsObject();
        return
        [
            .. Names(await ListAsync("bank/settings.bicep", "settings")), .. Names(await ListAsync("bank/schedules.bicep", "schedules")), .. Names(stage),
            .. Names(await ListAsync("bank.bicep", "deployedSettings")), .. Names(await ListAsync("modules/functionApp.bicep", "publicSettings")),
            .. Texts(await ListAsync("bank/secrets.bicep", "secrets")),
        ];

        static IEnumerable<string> Names(JsonNode settings) => settings.AsObject().Select(it => it.Key);
    }

    private static async Task<JsonNode> ListAsync(string path, string name) =>
        (await BicepFile.AllAsync()).Single(file => file.Path == path).Vars.Single(it => it.Name == name).Value;

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(it => (string)it!);

    /// <summary>Azure takes no hyphens in names of settings (functions/Settings/EnvironmentNames.cs).</summary>
    private static string Azures(string name) => name.Replace('-', '_');

    private static bool IsSecret(string name) => Find(name).IsSecret;

    private static bool IsRead(string name) => Find(name).IsRead;

    private static (bool IsRead, bool IsSecret) Find(string name)
    {
        if (BankNeeds.Options[""].Select(type => Array.Find(type.GetProperties(), property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name == name)).FirstOrDefault(found => found is not null) is { } named)
            return Find(named.PropertyType, [], named.IsDefined(typeof(SecretAttribute), inherit: false));
        var parts = name.Split("__");
        return BankNeeds.Options[parts[0]].Select(type => Find(type, parts.AsSpan(1), isSecret: false)).FirstOrDefault(found => found.IsRead);
    }

    private static (bool IsRead, bool IsSecret) Find(Type type, ReadOnlySpan<string> path, bool isSecret)
    {
        if (path.IsEmpty)
            return (type == typeof(string) || type == typeof(Uri) || (Nullable.GetUnderlyingType(type) ?? type).IsValueType, isSecret);
        var arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        if (arguments.Length == 2)
            return Find(arguments[1], path[1..], isSecret);
        if (arguments.Length == 1)
            return int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Find(arguments[0], path[1..], isSecret) : default;
        return type.GetProperty(path[0]) is { } property
            ? Find(property.PropertyType, path[1..], isSecret || property.IsDefined(typeof(SecretAttribute), inherit: false))
            : default;
    }

    private static void Same(IEnumerable<string> used, IEnumerable<string> declared)
    {
        var (code, infra) = (used.ToHashSet(StringComparer.Ordinal), declared.ToHashSet(StringComparer.Ordinal));
        Assert.NotEmpty(code);
        string[] differences = [.. code.Except(infra).Select(it => $"not in infra: {it}"), .. infra.Except(code).Select(it => $"not in the code: {it}")];
        if (differences.Length > 0)
            Assert.Fail(string.Join('\n', differences.Order(StringComparer.Ordinal)));
    }
}
