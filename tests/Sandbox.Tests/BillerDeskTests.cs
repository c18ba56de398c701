namespace Serverless.Sandbox.Tests;

public sealed class BillerDeskTests
{
    [Fact]
    public async Task A_new_subscriber_gets_an_invoice_and_pays_it()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(
            """201 {"clientCode":"TR0.A0000000000777","name":"Ana Ré"}""",
            $"{await sandbox.PostAsync("/billers/oshee/subscribers", """{"clientCode":"TR0.A0000000000777","name":"Ana Ré"}""")}");
        Assert.Equal(
            """201 {"number":"000000777","clientCode":"TR0.A0000000000777","subscriberName":"Ana Ré","amount":{"amount":"10.00","currency":"EUR"},"penalty":{"amount":"0.50","currency":"EUR"},"issuedOn":"2026-01-02","dueOn":"2026-02-02","status":"unpaid"}""",
            $"{await sandbox.PostAsync("/billers/oshee/invoices", """{"clientCode":"TR0.A0000000000777","number":"000000777","amount":{"amount":"10.00","currency":"EUR"},"penalty":{"amount":"0.50","currency":"EUR"},"issuedOn":"2026-01-02","dueOn":"2026-02-02"}""")}");
        Assert.Equal(
            201, (await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-1", "TR0.A0000000000777", "000000777", "10.00", "0.50", "EUR"))).Status);
    }

    [Fact]
    public async Task An_invoice_without_a_date_is_of_today_in_Tirane()
    {
        // 22:30 UTC is already the next day in Tirane's summer time.
        await using var sandbox = await SandboxHost.StartAsync(new ManualTime(new DateTimeOffset(2026, 6, 30, 22, 30, 0, TimeSpan.Zero)));

        var answer = await sandbox.PostAsync(
            "/billers/oshee/invoices", """{"clientCode":"TR0.A0000000000000","number":"000000002","amount":{"amount":"950.00","currency":"ALL"}}""");

        Assert.Equal((201, "2026-07-01"), (answer.Status, $"{answer.Json["issuedOn"]}"));
    }

    [Fact]
    public async Task Unpaid_invoices_come_oldest_first()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(["000000298 4125.60", "000000311 4380.00"], await sandbox.UnpaidAsync("DR2.B0000000045217"));
    }

    [Fact]
    public async Task A_changed_amount_is_the_only_one_that_can_be_paid_then()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var changed = await sandbox.PostAsync("/billers/oshee/invoices/000000001/amount", """{"amount":{"amount":"1800.00","currency":"ALL"},"penalty":{"amount":"5.00","currency":"ALL"}}""");

        Assert.Equal(200, changed.Status);
        Assert.Equal("amount_changed", $"{(await sandbox.PayAsync("p-1")).Json["code"]}");
        Assert.Equal(201, (await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-2", amount: "1800.00", penalty: "5.00"))).Status);
    }

    [Fact]
    public async Task What_is_paid_can_neither_be_withdrawn_nor_changed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PayAsync("p-1");

        var withdrawal = await sandbox.PostAsync("/billers/oshee/invoices/000000001/withdraw", "{}");
        var change = await sandbox.PostAsync("/billers/oshee/invoices/000000001/amount", """{"amount":{"amount":"1.00","currency":"ALL"}}""");

        Assert.Equal((409, "not_unpaid"), (withdrawal.Status, $"{withdrawal.Json["code"]}"));
        Assert.Equal((409, "not_unpaid"), (change.Status, $"{change.Json["code"]}"));
    }

    [Fact]
    public async Task Nothing_is_added_twice_or_for_nobody()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.IssueAsync(notify: false);

        var invoice = await sandbox.IssueAsync(notify: false);
        var subscriber = await sandbox.PostAsync("/billers/oshee/subscribers", """{"clientCode":"TR0.A0000000000000","name":"Somebody else"}""");
        var nobody = await sandbox.PostAsync("/billers/oshee/invoices", """{"clientCode":"TR0.A9999999999999","number":"000000003","amount":{"amount":"1.00","currency":"ALL"}}""");

        Assert.Equal((409, "invoice_exists"), (invoice.Status, $"{invoice.Json["code"]}"));
        Assert.Equal((409, "subscriber_exists"), (subscriber.Status, $"{subscriber.Json["code"]}"));
        Assert.Equal((404, "unknown_subscriber"), (nobody.Status, $"{nobody.Json["code"]}"));
        Assert.Equal("Test Test", $"{(await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000")).Json["name"]}");
    }

    [Fact]
    public async Task Reset_puts_everything_back_to_the_start()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PayAsync("p-1");
        await sandbox.IssueAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"latencyMs":1,"pendingRate":1}""");
        await sandbox.PostAsync("/clock", """{"now":"2030-01-01T00:00:00Z"}""");
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"));

        Assert.Equal(204, (await sandbox.PostAsync("/reset")).Status);

        Assert.Equal(["000000001 1707.40"], await sandbox.UnpaidAsync());
        Assert.Empty(await sandbox.BookedAsync());
        Assert.Equal("""{"webhooks":[]}""", (await sandbox.GetAsync("/webhooks/sent")).Text);
        Assert.Equal("""{"messages":[]}""", (await sandbox.GetAsync("/inbox/messages")).Text);
        Assert.Equal(0, (int)(await sandbox.GetAsync("/knobs/oshee")).Json["latencyMs"]!);
        Assert.True((DateTimeOffset)(await sandbox.GetAsync("/clock")).Json["now"]! < new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("OSHEE-000001", $"{(await sandbox.PayAsync("p-1")).Json["reference"]}");
    }
}
