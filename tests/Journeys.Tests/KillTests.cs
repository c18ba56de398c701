using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Serverless.Testing;

namespace Serverless.Journeys.Tests;

/// <summary>The functions process is killed while customers pay and workflows run, and started again.</summary>
public sealed class KillTests
{
    private const int Payments = 200, Clients = 16, Customers = 8;

    /// <summary>One in so many payments is to a company that answers "pending" and settles when it pleases.</summary>
    private const int PendingOneIn = 4;
    private const string Prompt = "oshee", Slow = "ukt";
    private const long OpeningMinor = 2_000_000;

    [Fact]
    public async Task Killed_in_the_middle_of_200_payments_and_50_workflows_every_payment_is_done_once_and_every_workflow_ends()
    {
        await using var bank = await KilledBank.StartAsync();
        var payers = await OpenAccountsAsync(bank);
        var bills = await IssueBillsAsync(bank);
        await bank.Sandbox.TurnAsync(Slow, """{"pendingRate":1,"settleAfterMs":null}""");

        var paying = PayAllAsync(bank, payers, bills);
        await bank.UntilAsync(async () => await TakenAsync(bank) >= Payments / 3, paying);
        await bank.KillAndStartAsync();
        await bank.UntilAsync(async () => await TakenAsync(bank) >= Payments * 2 / 3, paying);
        await bank.KillAndStartAsync();
        var answered = await paying;

        var pending = await PendingAsync(bank);
        Assert.Equal(Payments / PendingOneIn, pending.Count);
        // The webhooks of these are under way when the process dies, and the workflows of the others wait.
        foreach (var id in pending.Take(pending.Count / 2))
            await bank.Sandbox.SettleAsync(Slow, id);
        await bank.KillAndStartAsync();
        foreach (var id in pending.Skip(pending.Count / 2))
            await bank.Sandbox.SettleAsync(Slow, id);
        Assert.Equal(4, bank.Lives);

        await bank.UntilAsync(async () =>
        {
            // Sweepers and the workflows' next questions; what webhooks bring needs no clock.
            await bank.AdvanceAsync(TimeSpan.FromMinutes(5));
            return await IsNothingOpenAsync(bank, payers);
        });

        await AssertPaidOnceAsync(bank, payers, bills, answered);
        await AssertWorkflowsEndedAsync(bank, pending);
    }

    private static async Task<Payer[]> OpenAccountsAsync(KilledBank bank)
    {
        var teller = await bank.Sandbox.StaffTokenAsync("teller-1", "branch");
        var payers = new Payer[Customers];
        await Parallel.ForAsync(0, Customers, async (i, _) =>
        {
            var number = $"10000010{i}";
            var account = await bank.MustAsync(teller, HttpMethod.Post, "api/backoffice/v1/accounts", new JsonObject
            {
                ["customer"] = number,
                ["currency"] = "ALL",
                ["name"] = "Llogaria",
                ["isMain"] = true,
            }, $"open-{i}");
            var id = account["id"]!.GetValue<string>();
            await bank.MustAsync(teller, HttpMethod.Post, $"api/backoffice/v1/accounts/{id}/cash-deposits", new JsonObject
            {
                ["amount"] = Amount(OpeningMinor),
                ["description"] = "Derdhje",
            }, $"cash-{i}");
            payers[i] = new Payer((await bank.SignIn.RunAsync(new SignInWish(number), CancellationToken.None)).Token, id);
        });
        return payers;
    }

    private static async Task<Bill[]> IssueBillsAsync(KilledBank bank)
    {
        var bills = Enumerable.Range(0, Payments).Select(i => i % PendingOneIn == 0
            ? new Bill(Slow, (20_000_000 + i / 8).ToString(CultureInfo.InvariantCulture), $"UK-201809-{i:D6}", 10_000 + 37 * i, i / PendingOneIn % Customers)
            : new Bill(Prompt, $"KT0.A{i / 5:D13}", $"{500_000_000 + i}", 10_000 + 37 * i, i / PendingOneIn % Customers)).ToArray();
        foreach (var (company, code) in bills.Select(bill => (bill.Company, bill.ClientCode)).Distinct())
            await bank.Sandbox.AddSubscriberAsync(company, code, "Test Test");
        foreach (var bill in bills)
            await bank.Sandbox.AddInvoiceAsync(bill.Company, bill.ClientCode, bill.Number, Text(bill.Minor));
        return bills;
    }

    /// <returns>The last answer to each payment, by invoice.</returns>
    private static async Task<ConcurrentDictionary<string, JsonNode>> PayAllAsync(KilledBank bank, Payer[] payers, Bill[] bills)
    {
        var open = new ConcurrentQueue<Bill>(bills);
        var answered = new ConcurrentDictionary<string, JsonNode>();
        await Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (_, failed) =>
        {
            while (!failed.IsCancellationRequested && open.TryDequeue(out var bill))
            {
                var payer = payers[bill.Payer];
                var quote = await bank.MustAsync(payer.Token, HttpMethod.Post, "api/v1/bills/quotes", new JsonObject
                {
                    ["company"] = bill.Company,
                    ["clientCode"] = bill.ClientCode,
                    ["invoiceNumber"] = bill.Number,
                    ["accountId"] = payer.Account,
                });
                answered[bill.Number] = await bank.MustAsync(
                    payer.Token, HttpMethod.Post, "api/v1/bills/payments", new JsonObject { ["quoteId"] = quote["quoteId"]!.DeepClone(), ["payAgain"] = true }, $"pay-{bill.Number}");
            }
        });
        return answered;
    }

    /// <summary>How many payments the companies have received.</summary>
    private static async Task<int> TakenAsync(KilledBank bank) =>
        (await bank.Sandbox.BookedAsync(Prompt)).Length + (await bank.Sandbox.BookedAsync(Slow)).Length;

    private static async Task<List<Guid>> PendingAsync(KilledBank bank) =>
        [.. (await BookedAsync(bank, Slow)).Where(booked => booked.Status == "pending").Select(booked => booked.Payment)];

    private static async Task<List<Booked>> BookedAsync(KilledBank bank, string company)
    {
        var answer = await bank.Sandbox.Client.GetFromJsonAsync<JsonObject>($"billers/{company}/payments");
        return [.. answer!["payments"]!.AsArray().Select(payment => new Booked(
            Guid.Parse(payment!["paymentId"]!.GetValue<string>()),
            payment["invoiceNumber"]!.GetValue<string>(),
            payment["settlement"]!["status"]!.GetValue<string>()))];
    }

    private static async Task<bool> IsNothingOpenAsync(KilledBank bank, Payer[] payers)
    {
        foreach (var payer in payers)
        {
            if ((await PaymentsAsync(bank, payer)).Any(payment => payment["state"]!.GetValue<string>() is not ("paid" or "failed")))
                return false;
        }

        return (await TrialBalanceAsync(bank))["openJournals"]!.GetValue<long>() == 0;
    }

    private static async Task<JsonNode> TrialBalanceAsync(KilledBank bank) => await bank.MustAsync(
        await bank.Sandbox.StaffTokenAsync("auditor-1", "ledger"), HttpMethod.Get, "api/backoffice/v1/ledger/trial-balance");

    private static async Task<List<JsonNode>> PaymentsAsync(KilledBank bank, Payer payer)
    {
        var page = await bank.MustAsync(payer.Token, HttpMethod.Get, "api/v1/bills/payments?limit=100");
        Assert.Null(page["nextCursor"]);
        return [.. page["items"]!.AsArray().Select(payment => payment!)];
    }

    private static async Task AssertPaidOnceAsync(
        KilledBank bank, Payer[] payers, Bill[] bills, ConcurrentDictionary<string, JsonNode> answered)
    {
        var paid = new List<string>();
        for (var i = 0; i < payers.Length; i++)
        {
            var own = bills.Where(bill => bill.Payer == i).ToArray();
            var payments = await PaymentsAsync(bank, payers[i]);
            Assert.Equal(own.Select(bill => bill.Number).Order(), payments.Select(payment => payment["invoiceNumber"]!.GetValue<string>()).Order());
            Assert.All(payments, payment => Assert.Equal("paid", payment["state"]!.GetValue<string>()));
            Assert.All(payments, payment => Assert.Equal(
                answered[payment["invoiceNumber"]!.GetValue<string>()]["id"]!.GetValue<string>(), payment["id"]!.GetValue<string>()));
            paid.AddRange(payments.Select(payment => $"{Guid.Parse(payment["id"]!.GetValue<string>()):N} {payment["invoiceNumber"]} confirmed"));

            var account = await bank.MustAsync(payers[i].Token, HttpMethod.Get, $"api/v1/accounts/{payers[i].Account}");
            Assert.Equal(Text(OpeningMinor - own.Sum(bill => bill.Minor)), account["balance"]!["amount"]!.GetValue<string>());
        }

        var booked = (await BookedAsync(bank, Prompt)).Concat(await BookedAsync(bank, Slow)).Select(one => $"{one.Payment:N} {one.Invoice} {one.Status}");
        Assert.Equal(paid.Order(), booked.Order());

        var books = await TrialBalanceAsync(bank);
        Assert.True(books["isProven"]!.GetValue<bool>(), books.ToJsonString());
        Assert.Equal(Customers + Payments, books["journals"]!.GetValue<long>());
    }

    private static async Task AssertWorkflowsEndedAsync(KilledBank bank, List<Guid> pending)
    {
        await using var host = await bank.AutopsyAsync();
        var ended = new Dictionary<string, OrchestrationRuntimeStatus>();
        await foreach (var instance in host.Workflows.GetAllInstancesAsync(new OrchestrationQuery { PageSize = 100 }))
            ended[instance.InstanceId] = instance.RuntimeStatus;
        Assert.Empty(pending.Select(id => $"{id:N}").Except(ended.Keys));
        Assert.All(ended, instance => Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.Value));
    }

    private static JsonObject Amount(long minor) => new() { ["amount"] = Text(minor), ["currency"] = "ALL" };

    private static string Text(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Payer(string Token, string Account);

    /// <param name="Payer">Index of the customer who pays it.</param>
    private sealed record Bill(string Company, string ClientCode, string Number, long Minor, int Payer);

    private sealed record Booked(Guid Payment, string Invoice, string Status);
}
