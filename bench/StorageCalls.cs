using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Serverless.Bench;

/// <summary>Storage calls of one operation over HTTP: what Azure bills, the same on every machine.</summary>
/// <remarks>
/// "Calls" are all of the operation, what it does after its answer included, down to the delivery of its notices; "calls in a row" the longest chain
/// before the answer of calls that began when the one before had ended. Cold: the app was restarted and remembers no head.
/// </remarks>
internal sealed class StorageCalls : IMeasurement
{
    private const int WarmRuns = 2, ColdRuns = 2;

    /// <summary>Much longer than a busy machine keeps the second of two calls waiting to begin.</summary>
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(25);

    public string Name => "storage calls";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        await using var bank = await BenchBank.StartAsync(plan, TransferRate.Limitless());
        var customer = await bank.OpenAsync("100000001", "100000.00");
        var operations = await OperationsAsync(bank, customer);
        var rows = new List<Row>();
        foreach (var operation in operations)
        {
            var warm = await CountAsync(bank, customer, operation, isCold: false, WarmRuns);
            var cold = await CountAsync(bank, customer, operation, isCold: true, ColdRuns);
            rows.Add(AtMost(operation.Name, "calls", warm.Calls.Count, operation.Minimum.Count, string.Join(", ", operation.Minimum)));
            rows.Add(AtMost(operation.Name, "calls in a row", warm.Depth, operation.MinimumDepth, "of those, at least"));
            rows.Add(new Row($"{operation.Name}, cold", "calls", cold.Calls.Count, $"{warm.Calls.Count}: warm", warm.Calls.Count));
            rows.Add(AtMost($"{operation.Name}, cold", "calls in a row", cold.Depth, operation.MinimumDepth + operation.ColdDepth, operation.ColdDepth == 0 ? "as warm" : "with what is read first"));
            if (plan.ListsCalls)
                await Console.Error.WriteLineAsync($"{operation.Name}: {string.Join(", ", warm.Calls)}");
        }

        return rows;
    }

    private static Row AtMost(string name, string unit, int value, int minimum, string what) => new(name, unit, value, $"{minimum}: {what}", minimum) { AtMost = 1 };

    internal static async Task<IReadOnlyList<Operation>> OperationsAsync(BenchBank bank, Customer customer)
    {
        const int Paid = 1, Registered = 1000;
        var invoices = new Queue<string>(await bank.IssueAsync(Paid, WarmRuns + ColdRuns + 1));
        var unregistered = Registered;
        var contract = "";
        var (savings, payee) = (await bank.OpenAsync(customer.Number, "1.00", isMain: false), await bank.OpenAsync("100000002", "1.00"));
        var quote = "";
        var account = customer.Account;
        return
        [
            new("balance", [Session, "the account with its head"], 2, client => GetAsync(client, $"api/v1/accounts/{account}")),
            new("history page", [Session, "the account with its entries"], 2, client => GetAsync(client, $"api/v1/accounts/{account}/entries")),
            Transfer("own transfer", "own", [], () => new JsonObject
            {
                ["fromAccountId"] = account, ["toAccountId"] = savings.Account, ["amount"] = BenchBank.Deposit("1.00")["amount"]!.DeepClone(),
            }),
            Transfer("transfer within the bank", "inside", ["payee's view", .. Notice], () => BenchBank.Transfer(customer, payee)),
            new("incoming credit (cash)", ["intent", "credit", "cash entry", "intent removed"], 2,
                client => BenchBank.PostAsync(client, $"api/backoffice/v1/accounts/{account}/cash-deposits", BenchBank.Deposit("1.00"))) { IsByStaff = true, ColdDepth = 1 },
            new("incoming payment (pacs.008)", ["intent", "owner's name", "credit", "settlement entry", "intent removed", .. Notice], 2,
                client => IncomingPayment.SendAsync(client, customer.Iban)) { ColdDepth = 2 },
            new("register a contract", [Session, "contract and key", "known invoices", "invoices and marks", "who to tell", "contract", Device], 4, async client =>
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
            new("unpaid invoices", [Session, "contract", "invoices with claims", "accounts", "account to propose"], 3, client => GetAsync(client, $"api/v1/bills/contracts/{contract}/invoices")),
            new("quote", [Session, "account", "claim", "like payments", "low-value counters"], 2, async client =>
            {
                var answer = await BenchBank.PostAsync(client, "api/v1/bills/quotes", BenchBank.Quote(customer, Paid, invoices.Peek()));
                quote = answer["quoteId"]!.GetValue<string>();
                return answer;
            }),
            new("bill payment",
                [Session, "intent", "payment", "open entry", "claim", "debit", "payment paid", "claim paid", "credit", "intent removed", "open entry removed", Device], 4,
                client => BenchBank.PostAsync(client, "api/v1/bills/payments", new JsonObject { ["quoteId"] = quote, ["payAgain"] = true }))
            {
                ColdDepth = 1,
                Arrange = async client => quote = (await BenchBank.PostAsync(
                    client, "api/v1/bills/quotes", BenchBank.Quote(customer, Paid, invoices.Dequeue())))["quoteId"]!.GetValue<string>(),
            },
        ];
    }

    /// <summary>Read at every call of a customer, before anything else: docs/adr/0015-sessions.md.</summary>
    private const string Session = "session";

    /// <summary>What was done from which device, after the answer.</summary>
    private const string Device = "device's activity";

    /// <summary>Of one notice: the outbox's row, and its delivery (read, the address, closed).</summary>
    private static readonly string[] Notice = ["notice", "notice read", "address", "notice closed"];

    /// <param name="besides">What it needs for the payee.</param>
    private static Operation Transfer(string name, string kind, string[] besides, Func<JsonObject> order)
    {
        var quote = "";
        return new Operation(
            name, [Session, "intent", "transfer with limits", "debit", "credit", "transfer settled", "intent removed", .. besides, Device], 4,
            client => BenchBank.PostAsync(client, $"api/v1/transfers/{kind}", kind == "own" ? new JsonObject { ["quoteId"] = quote } : new JsonObject { ["quoteId"] = quote, ["payAgain"] = true }))
        {
            ColdDepth = 1,
            Arrange = async client => quote = (await BenchBank.PostAsync(client, $"api/v1/transfers/{kind}/quotes", order()))["quoteId"]!.GetValue<string>(),
        };
    }

    private static async Task<Counted> CountAsync(BenchBank bank, Customer customer, Operation operation, bool isCold, int runs)
    {
        var least = await CountAsync(bank, customer, operation, isCold);
        for (var run = 1; run < runs; run++)
            least = Lesser(least, await CountAsync(bank, customer, operation, isCold));
        return least;
    }

    private static async Task<Counted> CountAsync(BenchBank bank, Customer customer, Operation operation, bool isCold)
    {
        using (var before = await ClientAsync(bank, customer, operation))
            await operation.Arrange(before);
        await bank.WhenIdleAsync();
        if (isCold)
            await bank.RestartAsync();
        using var client = await ClientAsync(bank, customer, operation);
        bank.Counter.Reset();
        bank.Counter.Slowness = Slowness;
        await operation.Run(client);
        var answeredAt = Stopwatch.GetTimestamp();
        await bank.WhenIdleAsync();
        bank.Counter.Slowness = TimeSpan.Zero;
        var calls = bank.Counter.Calls;
        return new Counted([.. calls.OrderBy(call => call.Start).Select(call => call.What)], CallCounter.Depth(calls, answeredAt));
    }

    internal static async Task<HttpClient> ClientAsync(BenchBank bank, Customer customer, Operation operation) =>
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
    internal sealed record Operation(string Name, IReadOnlyList<string> Minimum, int MinimumDepth, Func<HttpClient, Task<JsonNode>> Run)
    {
        public bool IsByStaff { get; init; }

        /// <summary>Calls in a row more when the app remembers nothing: what has to be read first.</summary>
        public int ColdDepth { get; init; }

        /// <summary>Before each run, not counted.</summary>
        public Func<HttpClient, Task> Arrange { get; init; } = _ => Task.CompletedTask;
    }

    private sealed record Counted(IReadOnlyList<string> Calls, int Depth);
}
