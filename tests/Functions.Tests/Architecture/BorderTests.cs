using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Tests.Architecture;

/// <summary>Who may know whom. Each test also looks where it must find something, so that none passes by looking at nothing.</summary>
public sealed class BorderTests
{
    private static readonly Assembly Banking = typeof(PostJournal).Assembly;

    private static readonly Assembly Workflows = typeof(StartSettlement).Assembly;

    private static readonly Assembly Functions = typeof(BankSetup).Assembly;

    /// <summary>Sources where a forbidden word is right, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Task.Delay in banking/Ledger/StorageFaults.cs"] = "Milliseconds between tries at a busy account are the machine's, not the bank's.",
    };

    [Fact]
    public void Banking_knows_neither_a_host_nor_whoever_uses_it()
    {
        Assert.Empty(Uses(Banking, "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "Microsoft.DurableTask", "Serverless.Emulator", "Serverless.Workflows", "Serverless.Functions"));
        Assert.NotEmpty(Uses(Banking, "Azure.Data.Tables"));
    }

    [Fact]
    public void Workflows_know_banking_and_not_the_app()
    {
        Assert.Empty(Uses(Workflows, "Serverless.Functions", "Serverless.Emulator"));
        Assert.NotEmpty(Uses(Workflows, "Serverless.Banking"));
        Assert.NotEmpty(Uses(Workflows, "Microsoft.DurableTask"));
    }

    [Fact]
    public void The_product_knows_nothing_of_the_emulator()
    {
        Assert.Empty(new[] { Banking, Workflows, Functions }.SelectMany(assembly => Uses(assembly, "Serverless.Emulator")));
        Assert.NotEmpty(Uses(typeof(Testing.HttpBank).Assembly, "Serverless.Emulator"));
    }

    [Fact]
    public void Only_the_ledger_opens_the_ledgers_tables()
    {
        var tables = new ServiceCollection().AddLedger().Select(service => service.ImplementationInstance).OfType<BankTable>().Select(table => table.Name)
            .Except(["audit"]) // The trail's own; the ledger only tells it of credits that went to suspense.
            .ToHashSet(StringComparer.Ordinal);
        Assert.InRange(tables.Count, 3, 10);

        var opening = new[] { Banking, Workflows, Functions }.SelectMany(assembly =>
        {
            using var compiled = new CompiledAssembly(assembly);
            return compiled.TypesThatCall("Serverless.Banking.Storage.BankTables.Open", tables).ToArray();
        }).Distinct().ToArray();

        Assert.Contains("Serverless.Banking.Ledger.Posting", opening);
        Assert.Contains("Serverless.Banking.Ledger.OpenJournals", opening);
        Assert.All(opening, type => Assert.StartsWith("Serverless.Banking.Ledger.", type, StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_are_opened_through_the_factory_that_knows_their_prefix() =>
        Assert.Equal(
            ["banking/Storage/BankTables.cs"],
            Sources("functions", "durable-workflows", "banking")
                .Where(source => Regex.IsMatch(source.Code, @"new (TableServiceClient|TableClient)\(|GetTableClient\(")).Select(source => source.Path));

    [Fact]
    public void Every_function_is_public()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var functions = new[] { Functions, Workflows }.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMethods(All))
            .Where(method => method.IsDefined(typeof(FunctionAttribute))).ToArray();

        Assert.InRange(functions.Length, 30, 1000);
        Assert.All(functions, method => Assert.True(method is { IsPublic: true, DeclaringType.IsVisible: true }, $"{method.DeclaringType}.{method.Name}"));
    }

    [Theory]
    [InlineData("DateTime.UtcNow", @"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    [InlineData("SystemClock", @"\bSystemClock\b")]
    [InlineData("Thread.Sleep", @"\bThread\.Sleep\b")]
    [InlineData("Task.Delay", @"\bTask\.Delay\b")]
    [InlineData("Guid.NewGuid", @"\bGuid\.(NewGuid|CreateVersion7)\b")]
    [InlineData("#if", @"(?m)^\s*#\s*(if|elif|else)\b")]
    public void Product_code_reads_no_clock_of_its_own_never_sleeps_draws_no_ids_and_is_the_same_in_every_build(string word, string pattern)
    {
        var found = Sources("functions", "durable-workflows", "banking").Where(source => Regex.IsMatch(source.Code, pattern))
            .Select(source => $"{word} in {source.Path}");

        Assert.Equal(Exceptions.Keys.Where(exception => exception.StartsWith($"{word} in ", StringComparison.Ordinal)), found);
    }

    /// <returns>The used types whose namespace is one of these or below. Not assemblies: the stand-ins' are named otherwise than the SDKs'.</returns>
    private static string[] Uses(Assembly assembly, params string[] namespaces)
    {
        using var compiled = new CompiledAssembly(assembly);
        return [.. compiled.UsedTypes().Where(used => namespaces.Any(ns => used == ns || used.StartsWith(ns + ".", StringComparison.Ordinal)))];
    }

    /// <summary>The C# files below the folders, without their comments; paths are from the repository's root.</summary>
    private static IReadOnlyList<(string Path, string Code)> Sources(params string[] folders)
    {
        var root = Root();
        var all = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path: Path.GetRelativePath(root, path).Replace('\\', '/'), Full: path))
            .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
            .Select(file => (file.Path, Regex.Replace(File.ReadAllText(file.Full), @"(?m)//.*$", "")))
            .ToArray();
        Assert.InRange(all.Length, 100, 5000);
        return all;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root is not above the tests.");
    }
}
