using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Faults;

/// <summary>What one seed plays: some orders of two customers by clients who send again until they are answered.</summary>
internal sealed class FaultScene
{
    private const int Clients = 4, OrdersOfEachKind = 2;
    private const double FaultRate = 0.12;
    private static readonly TimeSpan SweepsAfter = TimeSpan.FromMinutes(3);

    private readonly FaultedBank bank;
    private readonly Random random;
    private readonly int seed;
    private readonly ConcurrentDictionary<Order, JsonNode> acknowledged = new();
    private readonly Dictionary<string, AccountBook> opening = [];
    private string teller = "";
    private Holder[] holders = [];
    private IReadOnlyList<Order> orders = [];

    public FaultScene(FaultedBank bank, int seed) => (this.bank, this.seed, random) = (bank, seed, new Random(seed));

    public async Task PlayAsync()
    {
        teller = await bank.Sandbox.StaffTokenAsync("teller-1", "branch");
        holders = await Task.WhenAll(bank.Holders.Select(async holder => holder with { Token = (await bank.Bank.SignIn.RunAsync(new SignInWish(holder.Number))).Token }));
        orders = await OrdersAsync();
        foreach (var account in holders.SelectMany(holder => holder.Accounts))
            opening[account.Id] = await ReadAsync(account.Id);

        bank.Proxy.Break(seed, FaultRate);
        await InParallelAsync(async order =>
        {
            if (await SendAsync(order) is { } answer)
                acknowledged[order] = answer;
        });
        bank.Proxy.Heal();

        await HealAsync();
        await CheckAsync();
    }

    private async Task<IReadOnlyList<Order>> OrdersAsync()
    {
        var all = new List<Order>();
        for (var i = 0; i < OrdersOfEachKind; i++)
        {
            all.Add(Deposit(Any()));
            all.Add(Transfer(Any(), Any));
            all.Add(Hold(Any()));
        }

        all.Add(await BillAsync(holders[0]));
        all.Add(await BillAsync(holders[1]));
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return shuffled;

        (Holder Holder, HeldAccount Account) Any()
        {
            var holder = holders[random.Next(holders.Length)];
            return (holder, holder.Accounts[random.Next(holder.Accounts.Length)]);
        }
    }

    private Order Deposit((Holder Holder, HeldAccount Account) to)
    {
        var minor = Minor();
        return new Order(
            key => bank.SendAsync(teller, HttpMethod.Post, Deposits(to.Account.Id), DepositBody(minor), key), _ => [(to.Account.Id, minor)]);
    }

    /// <summary>To an own account, or to another customer's.</summary>
    private Order Transfer((Holder Holder, HeldAccount Account) from, Func<(Holder Holder, HeldAccount Account)> any)
    {
        var to = any();
        while (to.Account == from.Account)
            to = any();
        var (isOwn, minor) = (to.Holder == from.Holder, Minor());
        var path = $"api/v1/transfers/{(isOwn ? "own" : "inside")}";
        var body = new JsonObject { ["fromAccountId"] = from.Account.Id, ["amount"] = Amount(minor), ["description"] = "Qira" };
        if (isOwn)
            body["toAccountId"] = to.Account.Id;
        else
            body["beneficiary"] = new JsonObject { ["account"] = to.Account.Iban };
        JsonObject? confirmation = null;
        return new Order(
            async key =>
            {
                if (confirmation is null)
                {
                    var (quoted, quote) = await bank.SendAsync(from.Holder.Token, HttpMethod.Post, $"{path}/quotes", body);
                    if (quoted >= 300)
                        return (quoted, quote);
                    confirmation = new JsonObject { ["quoteId"] = quote!["quoteId"]!.DeepClone() };
                    if (!isOwn)
                        confirmation["payAgain"] = true;
                }

                var (status, answer) = await bank.SendAsync(from.Holder.Token, HttpMethod.Post, path, confirmation, key);
                return status != 202 ? (status, answer)
                    : (status, await bank.MustAsync(from.Holder.Token, HttpMethod.Get, $"api/v1/transfers/{answer!["id"]}"));
            },
            answer => (string?)answer["state"] == "settled" ? [(from.Account.Id, -minor), (to.Account.Id, minor)] : [])
        {
            IsUnderWay = answer => (string?)answer["state"] == "accepted",
        };
    }

    /// <summary>Reserves and gives back: the books stay as they are.</summary>
    private Order Hold((Holder Holder, HeldAccount Account) on)
    {
        var minor = Minor();
        return new Order(key => HoldAsync(key, on.Account.Id, minor), _ => []);
    }

    private async Task<Order> BillAsync(Holder payer)
    {
        var (number, code, minor) = (FaultedBank.NewCustomer(), $"TR0.A{random.Next():D13}", Minor());
        await bank.Sandbox.AddSubscriberAsync("oshee", code, "Test Test");
        await bank.Sandbox.AddInvoiceAsync("oshee", code, number, Text(minor));
        var quote = await bank.MustAsync(payer.Token, HttpMethod.Post, "api/v1/bills/quotes", new JsonObject
        {
            ["company"] = "oshee",
            ["clientCode"] = code,
            ["invoiceNumber"] = number,
            ["accountId"] = payer.Accounts[0].Id,
        });
        var body = new JsonObject { ["quoteId"] = quote["quoteId"]!.DeepClone(), ["payAgain"] = true };
        return new Order(
            async key =>
            {
                var (status, answer) = await bank.SendAsync(payer.Token, HttpMethod.Post, "api/v1/bills/payments", body, key);
                return status != 202 ? (status, answer)
                    : (status, await bank.MustAsync(payer.Token, HttpMethod.Get, $"api/v1/bills/payments/{answer!["id"]}"));
            },
            answer => (string?)answer["state"] == "failed" ? [] : [(payer.Accounts[0].Id, -minor)])
        {
            IsUnderWay = answer => (string?)answer["state"] is "processing" or "pending",
        };
    }

    private Task InParallelAsync(Func<Order, Task> work) => Parallel.ForEachAsync(
        orders, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (order, _) => await work(order));

    /// <summary>Null when the bank refused; a refusal is final.</summary>
    private static async Task<JsonNode?> SendAsync(Order order)
    {
        var (status, answer) = await order.Send(order.Key);
        return status < 300 ? answer : null;
    }

    /// <summary>The bank's own sweepers, by its clock, until nothing is left to do; the clients know nothing of it.</summary>
    private async Task HealAsync()
    {
        for (var round = 0; round < 10; round++)
        {
            await bank.AdvanceAsync(SweepsAfter);
            if (await bank.Bank.CountOpenAsync() == 0)
                return;
        }

        Assert.Fail($"Journals are still open: {await bank.Bank.CountOpenAsync()}.");
    }

    private async Task CheckAsync()
    {
        var expected = opening.ToDictionary(account => account.Key, account => account.Value.Balance.Minor);
        var entries = opening.ToDictionary(account => account.Key, account => account.Value.Sequence);
        foreach (var order in orders)
        {
            var answer = await FinalAnswerAsync(order);
            if (acknowledged.TryGetValue(order, out var first))
            {
                Assert.True(answer is not null, $"Acknowledged and lost: {first.ToJsonString()}");
                Assert.Equal((string?)first["id"], (string?)answer["id"]);
            }

            foreach (var (account, minor) in answer is null ? [] : order.Moves(answer))
            {
                expected[account] += minor;
                entries[account]++;
            }
        }

        foreach (var account in expected.Keys)
        {
            var book = await ReadAsync(account);
            Assert.Equal((expected[account], 0L, entries[account]), (book.Balance.Minor, book.Held.Minor, book.Sequence));
        }

        var books = await BooksAsync();
        Assert.True((bool)books["isProven"]!, books.ToJsonString());
    }

    /// <summary>The client asks once more, now that all is well: what was done stays done, what was not is done now.</summary>
    private async Task<JsonNode?> FinalAnswerAsync(Order order)
    {
        for (var round = 0; round < 10; round++)
        {
            var answer = await SendAsync(order);
            if (answer is null || !order.IsUnderWay(answer))
                return answer;
            await bank.AdvanceAsync(SweepsAfter);
        }

        throw new TimeoutException("An order stays under way.");
    }

    private async Task<(int Status, JsonNode? Body)> HoldAsync(string key, string account, long minor)
    {
        var services = bank.Bank.Host.Services;
        var id = HoldId.Derive("fault_scene", key);
        var amount = Money.OfMinor(minor, Currency.All);
        var until = Instant.FromDateTimeOffset(bank.Bank.Host.Clock.GetUtcNow()) + Duration.FromDays(365);
        var placed = await UntilAnsweredAsync(async () =>
            (await services.GetRequiredService<PlaceHold>().RunAsync(id, Id(account), amount, until, key, CancellationToken.None))
            .Match(hold => (201, new JsonObject { ["id"] = key }), error => (422, new JsonObject { ["code"] = error.Code })));
        await UntilAnsweredAsync(async () =>
            (await services.GetRequiredService<ReleaseHold>().RunAsync(id, Id(account), Currency.All, CancellationToken.None))
            .Match(hold => (200, new JsonObject { ["id"] = key }), error => (422, new JsonObject { ["code"] = error.Code })));
        return placed;
    }

    private static async Task<(int Status, JsonNode? Body)> UntilAnsweredAsync(Func<Task<(int, JsonObject)>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var (status, body) = await call();
                if ((string?)body["code"] != "account_busy")
                    return (status, body);
            }
            catch (Exception e) when (attempt < 100 && e is not ArgumentException)
            {
                // As the app answers 503: whether it was done is not known.
            }
        }
    }

    private async Task<AccountBook> ReadAsync(string account) =>
        (await bank.Bank.Host.Services.GetRequiredService<ReadBook>().RunAsync(Id(account), CancellationToken.None))!;

    private async Task<JsonNode> BooksAsync() => await bank.MustAsync(
        await bank.Sandbox.StaffTokenAsync("auditor-1", "ledger"), HttpMethod.Get, "api/backoffice/v1/ledger/trial-balance");

    private long Minor() => random.Next(1, 5_000);

    private static AccountId Id(string account) => new(Guid.Parse(account));

    private static string Deposits(string account) => $"api/backoffice/v1/accounts/{account}/cash-deposits";

    private static JsonObject DepositBody(long minor) => new()
    {
        ["amount"] = Amount(minor),
        ["description"] = "Derdhje",
    };

    private static JsonObject Amount(long minor) => new() { ["amount"] = Text(minor), ["currency"] = "ALL" };

    private static string Text(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>What a client wants, with its key.</summary>
    /// <param name="Moves">What it does to which account when it is done, by its final answer.</param>
    private sealed record Order(Func<string, Task<(int Status, JsonNode? Body)>> Send, Func<JsonNode, (string Account, long Minor)[]> Moves)
    {
        public string Key { get; } = NewKey();

        public Func<JsonNode, bool> IsUnderWay { get; init; } = _ => false;

        public bool Equals(Order? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    }
}
