using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>Which partitions each operation calls, and how often: what the simulator of bench/scale counts with.</summary>
/// <remarks>
/// <c>PROFILE=file</c> writes it there; the committed file is bench/scale/measured.json. Each row is compared with the committed count,
/// so that an operation that has become dearer since is marked.
/// </remarks>
internal sealed partial class ScaleProfile : IMeasurement
{
    private const int People = 8, Bills = 400, Contracts = 40, Runs = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => "profile";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        List<Profile> profiles = [.. await OperationsAsync(plan), await LoginAsync(plan), await AutopayAsync(plan), await OnboardingAsync(plan)];
        if (Environment.GetEnvironmentVariable("PROFILE") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, Compact(JsonSerializer.Serialize(new { operations = profiles }, Json)) + "\n");

        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "measured.json")))!["operations"]!.AsArray()
            .ToDictionary(one => (string)one!["name"]!, one => one!["calls"]!.AsArray().Sum(call => (double)call!["calls"]!), StringComparer.Ordinal);
        return
        [
            .. profiles.Select(one => committed.GetValueOrDefault(one.Name) is > 0 and var known
                ? new Row($"profile: {one.Name}", "calls", one.Total, $"{Report.Text(known)}: bench/scale/measured.json", known) { AtMost = 1.1 }
                : new Row($"profile: {one.Name}", "calls", one.Total, "-", null)),
        ];
    }

    /// <summary>A call is a line.</summary>
    private static string Compact(string json) => CallShape.Replace(json, call => InnerSpace.Replace(call.Value, " "));

    [GeneratedRegex(@"\{\s*""on""[^\n]*\n[^{}]*\}")]
    private static partial Regex CallShape { get; }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex InnerSpace { get; }

    /// <summary>The operations of <see cref="StorageCalls"/>, warm, all that follows the answer included.</summary>
    private static async Task<IReadOnlyList<Profile>> OperationsAsync(Plan plan)
    {
        var tally = new CallTally();
        await using var bank = await BenchBank.StartAsync(plan, TransferRate.Limitless(), policy: tally);
        var customer = await bank.OpenAsync("100000001", "100000.00");
        var profiles = new List<Profile>();
        foreach (var operation in await StorageCalls.OperationsAsync(bank, customer))
        {
            Profile? least = null;
            for (var run = 0; run < Runs; run++)
            {
                using var client = await StorageCalls.ClientAsync(bank, customer, operation);
                await operation.Arrange(client);
                await bank.WhenIdleAsync();
                tally.Reset();
                await operation.Run(client);
                await bank.WhenIdleAsync();
                var now = Profile.Of(operation.Name, tally, 1);
                least = least is null || now.Total < least.Total ? now : least;
            }

            profiles.Add(least!);
        }

        profiles.Add(await PollAsync(bank, customer, tally));
        return profiles;
    }

    /// <summary>The hourly question for new invoices, for one contract more: what is asked once for each company is not in it.</summary>
    private static async Task<Profile> PollAsync(BenchBank bank, Customer customer, CallTally tally)
    {
        using var client = await bank.ClientAsync(customer.Token);
        var few = await PollOnceAsync(bank, tally);
        foreach (var subscriber in Enumerable.Range(2_000, Contracts))
        {
            await bank.IssueAsync(subscriber, 1);
            await BenchBank.PostAsync(client, "api/v1/bills/contracts", new JsonObject { ["company"] = "oshee", ["clientCode"] = BenchBank.ClientCode(subscriber), ["name"] = $"Shtepia {subscriber}" });
        }

        var many = await PollOnceAsync(bank, tally);
        return Profile.Of("poll of a contract", many.Select(one => few.FirstOrDefault(other => other.What == one.What) is { } less
            ? new Tally(one.What, one.Calls - less.Calls, one.Rows - less.Rows, one.Kept - less.Kept) : one), Contracts);
    }

    private static async Task<IReadOnlyList<Tally>> PollOnceAsync(BenchBank bank, CallTally tally)
    {
        await bank.WhenIdleAsync();
        tally.Reset();
        await bank.Host.FireTimerAsync("Bills_StartInvoicePolls");
        await bank.WhenIdleAsync();
        return tally.All;
    }

    /// <summary>With password and code by SMS, from a device that is new.</summary>
    private static async Task<Profile> LoginAsync(Plan plan)
    {
        var tally = new CallTally();
        await using var bank = await BenchBank.StartAsync(plan, policy: tally);
        using var http = bank.Host.NewClient();
        using var teller = await bank.ClientAsync(await bank.Sandbox.StaffTokenAsync("teller-1", "branch"));
        var walk = new SignInWalk(http, bank.Sandbox.Client);
        var numbers = Enumerable.Range(0, People).Select(number => (640_000_001 + number).ToString(CultureInfo.InvariantCulture)).ToArray();
        foreach (var number in numbers)
        {
            await walk.BecomeClientAsync(teller, number);
            await walk.RegisterAsync(teller, number);
        }

        await bank.WhenIdleAsync();
        tally.Reset();
        foreach (var number in numbers)
            await walk.SignInAsync(number, new TestDevice());
        await bank.WhenIdleAsync();
        return Profile.Of("login", tally, People);
    }

    private static async Task<Profile> AutopayAsync(Plan plan)
    {
        await using var companies = await SandboxProcess.StartAsync();
        var tally = new CallTally();
        await using var bank = await BenchBank.StartAsync(plan, sandbox: companies.Sandbox, policy: tally);
        await Autopay.DueAsync(bank, 0, Bills);
        await Autopay.RunAsync(plan, bank, tally, Bills);
        return Profile.Of("autopay of a bill", tally, Bills);
    }

    private static async Task<Profile> OnboardingAsync(Plan plan)
    {
        var tally = new CallTally();
        await using var bank = await BenchBank.StartAsync(plan, policy: tally);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = bank.Host.BaseAddress };
        using var target = await bank.Sandbox.Client.PutAsJsonAsync("webhooks/target", new { baseUrl = $"{bank.Host.BaseAddress}api/webhooks" });
        target.EnsureSuccessStatusCode();
        tally.Reset();
        await OnboardingsAtOnce.WalkAsync(bank, client, People);
        return Profile.Of("onboarding", tally, People);
    }

    /// <param name="Calls">Per operation, by method, table and kind of partition.</param>
    private sealed record Profile(string Name, IReadOnlyList<PartitionCalls> Calls)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public double Total => Calls.Sum(one => one.Calls);

        public static Profile Of(string name, CallTally tally, int operations) => Of(name, tally.All, operations);

        public static Profile Of(string name, IEnumerable<Tally> calls, int operations) =>
            new(name, [.. calls.Where(one => one.Calls > 0).Select(one => new PartitionCalls(one.What, Round((double)one.Calls / operations), Round((double)one.Rows / operations), Round((double)one.Kept / operations)))]);

        private static double Round(double value) => Math.Round(value, 3);
    }

    /// <param name="On">Method, table, kind of partition.</param>
    /// <param name="Rows">Of those calls together.</param>
    /// <param name="Kept">Rows more than before.</param>
    private sealed record PartitionCalls(string On, double Calls, double Rows, double Kept);
}
