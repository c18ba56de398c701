using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Storage calls of one operation over HTTP: what Azure bills, the same on every machine.</summary>
internal sealed class StorageCalls : IMeasurement
{
    /// <summary>A call that waited for a processor can look like one that waited for another call, so the shortest chain of some runs counts.</summary>
    private const int Runs = 5;

    public string Name => "storage calls";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        await using var bank = await BenchBank.StartAsync(plan);
        var customer = await bank.OpenAsync("100000001", "100000.00");
        var operations = await OperationsAsync(bank, customer);
        var rows = new List<Row>();
        foreach (var operation in operations)
        {
            var cold = await CountAsync(bank, customer, operation, isCold: true);
            var warm = cold;
            for (var run = 0; run < Runs; run++)
            {
                var count = await CountAsync(bank, customer, operation, isCold: false);
                warm = run == 0 ? count : Lesser(warm, count);
            }

            var minimum = $"{operation.Minimum.Count}: {string.Join(", ", operation.Minimum)}";
            rows.Add(new Row(operation.Name, "calls", warm.Calls.Count, minimum, operation.Minimum.Count));
            rows.Add(new Row($"{operation.Name}, nothing remembered", "calls", cold.Calls.Count, "the same remembered", warm.Calls.Count));
            rows.Add(new Row(
                $"{operation.Name}, before the answer", "calls in a row", warm.Depth, $"{operation.MinimumDepth}: one after the other at least", operation.MinimumDepth));
            rows.Add(new Row(
                $"{operation.Name}, before the answer, nothing remembered", "calls in a row", cold.Depth, "the same remembered", warm.Depth));
            if (plan.ListsCalls)
                await Console.Error.WriteLineAsync($"{operation.Name}: {string.Join(", ", warm.Calls)}");
        }

        return rows;
    }

    private static async Task<IReadOnlyList<Operation>> OperationsAsync(BenchBank bank, Customer customer)
    {
        const int Paid = 1, Registered = 1000;
        var invoices = new Queue<string>(await bank.IssueAsync(Paid, Runs + 2));
        var unregistered = Registered;
        var contract = "";
        var quote = "";
        var account = customer.Account;
        return
        [
            new("balance", ["the account with its head"], 1, client => GetAsync(client, $"api/v1/accounts/{account}")),
            new("entries page", ["the account", "its entries"], 1, client => GetAsync(client, $"api/v1/accounts/{account}/entries")),
            new("cash deposit", ["intent", "credit", "cash entry", "intent removed"], 3,
                client => BenchBank.PostAsync(client, $"api/backoffice/v1/accounts/{account}/cash-deposits", BenchBank.Deposit("1.00"))) { IsByStaff = true },
            new("register a contract", ["contract and key", "seen invoices", "who to tell", "contract"], 3, async client =>
            {
                var answer = await BenchBank.PostAsync(client, "api/v1/bills/contracts", new JsonObject
                {
                    ["company"] = "oshee", ["clientCode"] = BenchBank.ClientCode(unregistered), ["name"] = "Drita",
                });
                contract = answer["id"]!.GetValue<string>();
                return answer;
            })
            {
                Arrange = async _ => await bank.IssueAsync(++unregistered, 1),
            },
            new("unpaid invoices", ["contract", "claims", "account to propose"], 2, client => GetAsync(client, $"api/v1/bills/contracts/{contract}/invoices")),
            new("quote", ["account", "claim", "quote"], 2, async client =>
            {
                var answer = await BenchBank.PostAsync(client, "api/v1/bills/quotes", BenchBank.Quote(customer, Paid, invoices.Peek()));
                quote = answer["quoteId"]!.GetValue<string>();
                return answer;
            }),
            new("bill payment", ["quote", "payment", "claim", "intent", "debit", "credit", "payment paid", "claim paid", "intent removed"], 7,
                client => BenchBank.PostAsync(client, "api/v1/bills/payments", new JsonObject { ["quoteId"] = quote }))
            {
                Arrange = async client => quote = (await BenchBank.PostAsync(
                    client, "api/v1/bills/quotes", BenchBank.Quote(customer, Paid, invoices.Dequeue())))["quoteId"]!.GetValue<string>(),
            },
        ];
    }

    private static async Task<Counted> CountAsync(BenchBank bank, Customer customer, Operation operation, bool isCold)
    {
        using (var before = await ClientAsync(bank, customer, operation))
            await operation.Arrange(before);
        await bank.Counter.WhenQuietAsync();
        if (isCold)
            await bank.RestartAsync();
        using var client = await ClientAsync(bank, customer, operation);
        await bank.Counter.WhenQuietAsync();
        bank.Counter.Reset();
        await operation.Run(client);
        var answeredAt = Stopwatch.GetTimestamp();
        await bank.Counter.WhenQuietAsync();
        var calls = bank.Counter.Calls;
        return new Counted([.. calls.OrderBy(call => call.Start).Select(call => call.What)], CallCounter.Depth(calls, answeredAt));
    }

    private static async Task<HttpClient> ClientAsync(BenchBank bank, Customer customer, Operation operation) =>
        await bank.ClientAsync(operation.IsByStaff ? await bank.Sandbox.StaffTokenAsync("teller-1", "branch") : customer.Token);

    private static async Task<JsonNode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await BenchBank.ReadAsync(answer);
    }

    private static Counted Lesser(Counted left, Counted right) =>
        (right.Depth, right.Calls.Count).CompareTo((left.Depth, left.Calls.Count)) < 0 ? right : left;

    /// <param name="Minimum">What the design needs to read and write, by name; rows of one partition that belong together are one call.</param>
    /// <param name="MinimumDepth">Of those, how many have to wait for one another before the answer.</param>
    private sealed record Operation(string Name, IReadOnlyList<string> Minimum, int MinimumDepth, Func<HttpClient, Task<JsonNode>> Run)
    {
        public bool IsByStaff { get; init; }

        /// <summary>Before each run, not counted.</summary>
        public Func<HttpClient, Task> Arrange { get; init; } = _ => Task.CompletedTask;
    }

    private sealed record Counted(IReadOnlyList<string> Calls, int Depth);
}
