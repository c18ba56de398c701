using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Journeys.Tests;

/// <summary>
/// Sixteen clients transfer between many accounts while the functions process is killed, or told to stop, at random moments, and a reader counts the money all
/// the time. One that was told to stop leaves nothing for the sweepers. A short run here; 10,000 transfers over 100 accounts and twenty kills by <c>make soak</c>, with <c>SEED=</c> for other moments and transfers and
/// <c>PERCENT=</c> for a part of it.
/// </summary>
public sealed class LoadAndKillTests
{
    private const int Clients = 16;
    private const long OpeningMinor = 1_000_000;

    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("SOAK") is { Length: > 0 };
    private static readonly int Percent = Environment.GetEnvironmentVariable("SOAK_PERCENT") is { Length: > 0 } share ? int.Parse(share, CultureInfo.InvariantCulture) : 100;
    private static readonly int Transfers = IsSoak ? 100 * Percent : 200, Accounts = IsSoak ? 100 : 20, Kills = IsSoak ? Math.Max(1, Percent / 5) : 3;
    private static readonly int Seed = Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;

    private readonly ConcurrentDictionary<int, JsonNode> acknowledged = new();
    private int answered;

    [Fact]
    public async Task Killed_or_stopped_at_random_under_load_the_bank_loses_no_transfer_does_none_twice_and_the_money_is_always_all_there()
    {
        var unlimited = new[] { "default", "own" }.SelectMany(kind => new[] { "PerHour", "PerDay", "PerMonth" }.Select(limit => $"Transfers__Limits__{kind}__{limit}"));
        await using var bank = await KilledBank.StartAsync(TimeSpan.FromMinutes(IsSoak ? 60 : 3), unlimited.ToDictionary(name => name, _ => "2000000000"));
        var holders = await OpenAsync(bank);
        var accounts = holders.SelectMany(holder => holder.Accounts).ToArray();

        var paying = Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (client, _) =>
        {
            for (var i = client; i < Transfers; i += Clients)
                await TransferAsync(bank, holders, i);
        });
        using var reader = new CancellationTokenSource();
        var reading = ReadUntilAsync(bank, accounts, reader.Token);
        await KillAtRandomAsync(bank, paying);
        await paying;
        await bank.AdvanceAsync(TimeSpan.FromSeconds(60));
        await reader.CancelAsync();
        var readings = await reading;

        Assert.Equal(Kills + 1, bank.Lives);
        Assert.True(readings > Kills, $"Only {readings} readings.");
        await AssertBooksAsync(bank, holders);
    }

    private async Task KillAtRandomAsync(KilledBank bank, Task paying)
    {
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var share = (double)Transfers / Kills;
            var after = (int)((kill + (random.NextDouble() * 0.9)) * share);
            await bank.UntilAsync(() => Task.FromResult(Volatile.Read(ref answered) >= after || paying.IsCompleted), paying);
            await (kill % 2 == 0 ? bank.KillAndStartAsync() : bank.StopAndStartAsync());
        }
    }

    /// <summary>One customer's order: own accounts or another customer's, a quote and its confirmation, again and again with the same key until answered.</summary>
    private async Task TransferAsync(KilledBank bank, Holder[] holders, int i)
    {
        var random = new Random(unchecked((Seed * 1_000_003) + i));
        var payer = holders[random.Next(holders.Length)];
        var from = payer.Accounts[random.Next(payer.Accounts.Length)];
        var isOwn = random.Next(3) == 0;
        var payee = isOwn ? payer : holders[(Array.IndexOf(holders, payer) + 1 + random.Next(holders.Length - 1)) % holders.Length];
        var to = isOwn ? payer.Accounts.Single(account => account != from) : payee.Accounts[random.Next(payee.Accounts.Length)];
        var path = $"api/v1/transfers/{(isOwn ? "own" : "inside")}";
        var body = new JsonObject { ["fromAccountId"] = from.Id, ["amount"] = Amount(random.Next(1, 20_000)), ["description"] = $"Nr {i}" };
        if (isOwn)
            body["toAccountId"] = to.Id;
        else
            body["beneficiary"] = new JsonObject { ["account"] = to.Iban };

        while (true)
        {
            var quote = await bank.MustAsync(payer.Token, HttpMethod.Post, $"{path}/quotes", body);
            var confirmation = new JsonObject { ["quoteId"] = quote["quoteId"]!.DeepClone() };
            if (!isOwn)
                confirmation["payAgain"] = true;
            var (status, answer) = await bank.SendAsync(payer.Token, HttpMethod.Post, path, confirmation, Key(i));
            if ((string?)answer!["code"] == "account_busy")
                continue;
            Assert.True(status < 300, $"Transfer {i} answered {status}: {answer.ToJsonString()}");
            acknowledged[i] = answer;
            Interlocked.Increment(ref answered);
            return;
        }
    }

    /// <returns>How many times the money was counted.</returns>
    private static async Task<int> ReadUntilAsync(KilledBank bank, HeldAccount[] accounts, CancellationToken stop)
    {
        await using var money = MoneyReading.Beside(bank.Storage, bank.Prefix);
        var ids = accounts.Select(account => new AccountId(Guid.Parse(account.Id))).ToArray();
        for (var readings = 0; ; readings++)
        {
            var (heads, underWay, journals) = await money.ReadAsync(ids);
            Assert.True(
                heads + underWay == OpeningMinor * ids.Length,
                $"Reading {readings}: {heads} on the heads and {underWay} under way in {journals} journals are not {OpeningMinor * ids.Length}.");
            if (stop.IsCancellationRequested)
                return readings + 1;
        }
    }

    private async Task AssertBooksAsync(KilledBank bank, Holder[] holders)
    {
        var books = await bank.MustAsync(
            await bank.Sandbox.StaffTokenAsync("auditor-1", "ledger"), HttpMethod.Get, "api/backoffice/v1/ledger/trial-balance");
        Assert.True((bool)books["isProven"]! && (long)books["openJournals"]! == 0, books.ToJsonString());
        Assert.Equal(Accounts + Transfers, (long)books["journals"]!);

        var entries = new ConcurrentDictionary<Guid, ConcurrentBag<long>>();
        await Parallel.ForEachAsync(holders, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (holder, _) =>
        {
            var token = (await bank.SignIn.RunAsync(new SignInWish(holder.Number), CancellationToken.None)).Token;
            foreach (var account in holder.Accounts)
                await AssertAccountAsync(bank, token, account, entries);
        });

        Assert.Equal(Transfers, acknowledged.Count);
        Assert.Equal(Transfers, acknowledged.Values.Select(Id).Distinct().Count());
        foreach (var answer in acknowledged.Values)
        {
            var minor = Minor(answer["amount"]!);
            Assert.True(entries.TryRemove(Id(answer), out var booked), $"Acknowledged and lost: {answer.ToJsonString()}");
            Assert.Equal([-minor, minor], booked.Order());
        }

        Assert.Empty(entries);
    }

    /// <summary>Its balance is the sum of its entries; the entries of transfers go into the list, by transfer.</summary>
    private static async Task AssertAccountAsync(
        KilledBank bank, string token, HeldAccount account, ConcurrentDictionary<Guid, ConcurrentBag<long>> transfers)
    {
        var (sum, path) = (0L, $"api/v1/accounts/{account.Id}/entries?limit=100");
        for (var cursor = ""; ;)
        {
            var page = await bank.MustAsync(token, HttpMethod.Get, path + cursor);
            foreach (var entry in page["items"]!.AsArray())
            {
                sum += Minor(entry!["amount"]!);
                if ((string?)entry["kind"] != "cash_deposit")
                    transfers.GetOrAdd(Guid.Parse((string)entry["reference"]!), _ => []).Add(Minor(entry["amount"]!));
            }

            if (page["nextCursor"] is not { } next)
                break;
            cursor = $"&cursor={next}";
        }

        var shown = await bank.MustAsync(token, HttpMethod.Get, $"api/v1/accounts/{account.Id}");
        Assert.Equal(sum, Minor(shown["balance"]!));
    }

    private static async Task<Holder[]> OpenAsync(KilledBank bank)
    {
        var teller = await bank.Sandbox.StaffTokenAsync("teller-1", "branch");
        var holders = new Holder[Accounts / 2];
        await Parallel.ForAsync(0, holders.Length, async (i, _) =>
        {
            var number = (500_000_000 + i).ToString(CultureInfo.InvariantCulture);
            var accounts = new HeldAccount[2];
            for (var a = 0; a < accounts.Length; a++)
            {
                var opened = await bank.MustAsync(teller, HttpMethod.Post, "api/backoffice/v1/accounts", new JsonObject
                {
                    ["customer"] = number,
                    ["currency"] = "ALL",
                    ["name"] = "Llogaria",
                    ["isMain"] = a == 0,
                }, $"open-{i}-{a}");
                accounts[a] = new HeldAccount((string)opened["id"]!, (string)opened["iban"]!);
                await bank.MustAsync(
                    teller, HttpMethod.Post, $"api/backoffice/v1/accounts/{accounts[a].Id}/cash-deposits",
                    new JsonObject { ["amount"] = Amount(OpeningMinor), ["description"] = "Derdhje" }, $"cash-{i}-{a}");
            }

            holders[i] = new Holder(number, (await bank.SignIn.RunAsync(new SignInWish(number), CancellationToken.None)).Token, accounts);
        });
        return holders;
    }

    private static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"transfer-{Seed}-{i}");

    private static Guid Id(JsonNode transfer) => Guid.Parse((string)transfer["id"]!);

    private static long Minor(JsonNode amount) => (long)(decimal.Parse((string)amount["amount"]!, CultureInfo.InvariantCulture) * 100);

    private static JsonObject Amount(long minor) => new() { ["amount"] = (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture), ["currency"] = "ALL" };

    private sealed record Holder(string Number, string Token, HeldAccount[] Accounts);

    private sealed record HeldAccount(string Id, string Iban);
}
