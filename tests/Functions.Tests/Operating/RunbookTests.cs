using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

/// <summary>Each provokes what an alert waits for, and then does what docs/operations.md says until it is over.</summary>
[Collection(OperationBank.Name)]
public sealed class RunbookTests(OperationBank scene)
{
    [Fact, Rehearses("sweeper-backlog")]
    public async Task What_sweepers_leave_is_finished_when_storage_takes_it_again()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("100.00"), await arta.OpenAccountAsync("0.00"));

        scene.Storage.Break(call => call.Method == "DELETE" && call.Target.Contains("journals(", StringComparison.Ordinal) ? StorageFault.ServerBusy : StorageFault.None);
        Assert.Equal(201, (await arta.ConfirmAsync("own", await arta.QuoteOwnAsync(from, to, "10.00"))).Status);
        await Eventually.IsTrueAsync(() => Task.FromResult(scene.HasLogged("is left to the sweeper")));
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(30), asleep: true);
        await scene.Bank.Host.FireTimerAsync("Ledger_Sweep");
        Assert.True(scene.HasLogged("could not be finished"));

        // Look: how many wait, and whether it is storage.
        Assert.True((int)(await TrialBalanceAsync())["openJournals"]! > 0);
        Assert.Equal("ready", await ReadyAsync("tables"));

        // It takes deletions again: the next sweep does the rest.
        await scene.HealAsync();
        await scene.Bank.Host.FireTimerAsync("Ledger_Sweep");
        var over = await TrialBalanceAsync();
        Assert.Equal((0, true), ((int)over["openJournals"]!, (bool)over["isProven"]!));
        Assert.Equal("90.00 ALL", await arta.BalanceAsync(from));
    }

    [Fact, Rehearses("dead-letters")]
    public async Task Work_behind_a_dead_message_is_done_by_its_sweeper_and_the_message_is_taken_away()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Leka"));
        var (from, to) = (await arta.OpenAccountAsync("100.00"), await besa.OpenAccountAsync("0.00"));
        await using var bus = scene.Bank.Host.NewServiceBusClient();
        await using var dead = bus.CreateReceiver(WorkQueues.Notices, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

        scene.Storage.Break(call => call.Method == "GET" && call.Target.Contains("Notices(", StringComparison.Ordinal) ? StorageFault.ServerBusy : StorageFault.None);
        await arta.SendInsideAsync(from, to.Number, "10.00");

        // Look: which queue, why, and what is behind it.
        ServiceBusReceivedMessage? message = null;
        await Eventually.IsTrueAsync(async () => (message = await dead.ReceiveMessageAsync(TimeSpan.FromMilliseconds(50))) is not null);
        Assert.Equal("MaxDeliveryCountExceeded", message!.DeadLetterReason);
        Assert.NotNull(JsonNode.Parse(message.Body.ToString())!["noticeId"]);

        // The cause is gone: the row, not the message, says what is to be done.
        await scene.HealAsync();
        await scene.Bank.Host.FireTimerAsync("Notifications_Sweep");
        await scene.Bank.WhenIdleAsync();
        var inbox = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"inbox/messages?customer={besa.Number}&channel=push"))!["messages"]!.AsArray();
        Assert.Single(inbox);

        // Nothing hangs on the message any more.
        for (var next = message; next is not null; next = await dead.ReceiveMessageAsync(TimeSpan.FromMilliseconds(50)))
            await dead.CompleteMessageAsync(next);
        Assert.Null(await dead.PeekMessageAsync(0));
        Assert.Empty((await scene.StaffAsync("GET", "undelivered-notices", "contact_centre")).Json["items"]!.AsArray());
    }

    [Fact, Rehearses("failed-orchestrations")]
    public async Task A_failed_workflow_is_begun_anew_by_its_sweeper_and_goes_on_from_the_rows()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        await using var sandbox = TestSandbox.Of(scene.Bank);
        var id = await PendingBill.OrderAsync(arta, account, sandbox, "660601");

        // Its history is one that the code cannot go on with.
        var workflows = scene.Bank.Host.Workflows;
        await workflows.TerminateInstanceAsync(id.ToString("N"), (object?)null);
        await scene.Bank.Host.WaitForOrchestrationAsync(id.ToString("N"));
        await workflows.ScheduleNewOrchestrationInstanceAsync("SettleBillPayment", "no plan", new StartOrchestrationOptions(id.ToString("N")));
        await scene.Bank.Host.WaitForOrchestrationAsync(id.ToString("N"));

        // Look.
        var instance = JsonNode.Parse(await scene.Bank.Host.Client.GetStringAsync($"runtime/webhooks/durabletask/instances/{id:N}"))!;
        Assert.Equal("Failed", (string?)instance["runtimeStatus"]);
        Assert.Equal("pending", (string?)(await arta.GetAsync($"v1/bills/payments/{id}")).Json["state"]);

        // The sweeper that knows the payment begins it anew; the company has decided meanwhile.
        await sandbox.SettleAsync("oshee", id);
        await scene.Bank.Host.FireTimerAsync("Bills_SweepPayments");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await scene.Bank.Host.WaitForOrchestrationAsync(id.ToString("N"))).RuntimeStatus);
        Assert.Equal("paid", (string?)(await arta.GetAsync($"v1/bills/payments/{id}")).Json["state"]);
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
    }

    [Fact, Rehearses("books-not-proven"), Rehearses("books-not-read")]
    public async Task Books_that_are_not_proven_or_not_read_are_proven_by_hand_until_they_are()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("100.00");

        // The day is too short; by hand it is read to its end.
        await scene.Bank.Host.FireTimerAsync("Ledger_ProveBooks");
        await scene.Bank.AdvanceAsync(TimeSpan.FromDays(1), asleep: true);
        await scene.Bank.Host.FireTimerAsync("Ledger_ProveBooks");
        Assert.True(scene.HasLogged("are not read to their end yet"));
        Assert.True((bool)(await ProveInStepsAsync("trial-balances"))["isProven"]!);

        // Somebody has written into the ledger past the bank.
        var ledger = scene.Bank.Host.Services.GetRequiredService<BankTables>().Open("ledger");
        var written = (await ledger.GetEntityAsync<TableEntity>(account.Id.ToString("N"), "account")).Value;
        await ledger.UpdateEntityAsync(new TableEntity(written) { ["Balance"] = (long)written["Balance"] + 100_000 }, ETag.All, TableUpdateMode.Replace);
        Assert.False((bool)(await TrialBalanceAsync())["isProven"]!);
        Assert.True(scene.HasLogged("Critical The books are not proven"));

        // Look: which row, and what the account's own entries say.
        var fault = Assert.Single((await TrialBalanceAsync())["faults"]!.AsArray().Where(it => (string)it!["partition"]! == account.Id.ToString("N")).DistinctBy(it => (string)it!["row"]!))!;
        Assert.Equal("account", (string?)fault["row"]);
        Assert.False((bool)(await scene.StaffAsync("GET", $"ledger/accounts/{account.Id}/proof", "ledger")).Json["isProven"]!);

        // Its customer's channel is shut. The account itself is left alone: a change of its status would write the wrong row anew, sealed.
        var blocked = await scene.StaffAsync(
            "PUT", $"customers/{arta.Number}/channel/blocking", "branch", """{"askedBy":"the bookkeepers","identifiedBy":"not asked","reason":"The books.","emergency":false}""");
        Assert.Equal(200, blocked.Status);

        // The row is put back as the copy has it; then it is proven.
        await ledger.UpdateEntityAsync(written, ETag.All, TableUpdateMode.Replace);
        Assert.True((bool)(await ProveInStepsAsync($"accounts/{account.Id}/proofs"))["isProven"]!);
        Assert.True((bool)(await ProveInStepsAsync("trial-balances"))["isProven"]!);
    }

    [Fact, Rehearses("authentication-failures")]
    public async Task Guessing_is_told_from_a_key_that_has_changed_and_the_customer_is_protected()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var forged = arta.Token[..^8] + "AAAAAAAA";
        for (var i = 0; i < 3; i++)
            Assert.Equal("401 token_invalid", (await scene.Bank.CallAsync("GET", "v1/accounts", token: forged)).ToString());

        // Look: the key that good tokens name is among the bank's, so it is not that a key has changed.
        var header = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(arta.Token.Split('.')[0]))!;
        var keys = (await scene.Bank.CallAsync("GET", "public/v1/session-keys")).Json["keys"]!.AsArray();
        Assert.Contains(keys, key => (string)key!["kid"]! == (string)header["kid"]!);
        Assert.Equal(200, (await arta.GetAsync("v1/accounts")).Status);
        Assert.Equal(200, (await scene.StaffAsync("GET", $"customers/{arta.Number}/devices", "contact_centre")).Status);

        // Somebody is after this customer: the channel is shut until he has spoken to the bank.
        var blocked = await scene.StaffAsync(
            "PUT", $"customers/{arta.Number}/channel/blocking", "contact_centre",
            """{"askedBy":"the bank's operators","identifiedBy":"not asked","reason":"Somebody guesses.","emergency":true}""");
        Assert.Equal(200, blocked.Status);
        Assert.Equal("blocked", (string?)(await scene.StaffAsync("GET", $"customers/{arta.Number}/channel", "contact_centre")).Json["state"]);
        Assert.Equal("403 channel_blocked", (await arta.GetAsync("v1/accounts")).ToString());
    }

    private async Task<JsonNode> TrialBalanceAsync() => (await scene.StaffAsync("GET", "ledger/trial-balance", "ledger")).Json;

    private async Task<JsonNode> ProveInStepsAsync(string what)
    {
        var run = (await scene.StaffAsync("POST", $"ledger/{what}", "ledger")).Json;
        while (!(bool)run["isDone"]!)
            run = (await scene.StaffAsync("POST", $"ledger/trial-balances/{run["id"]}/steps", "ledger", """{"rows":1000000}""")).Json;
        return run["result"]!;
    }

    private async Task<string?> ReadyAsync(string check) =>
        (string?)(await scene.Bank.CallAsync("GET", "health/ready")).Json["checks"]!.AsArray().Single(it => (string)it!["name"]! == check)!["state"];
}
