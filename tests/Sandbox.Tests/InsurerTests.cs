namespace Serverless.Sandbox.Tests;

public sealed class InsurerTests
{
    [Fact]
    public async Task An_order_is_one_policy_however_often_it_is_sent_and_void_once_it_is_cancelled()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var offers = await sandbox.PostAsync("/insurers/adriatik/offers", """{"kind":"auto_sos","questions":{"plate":"AA123BB","period":"one_month"}}""");
        var offer = offers.Json["offers"]![0]!;
        Assert.Equal("SANDB0XAA123BB000 2500.00", $"{offer["chassis"]} {offer["premium"]!["amount"]}");
        var order = Order("p1", $"{offer["offerId"]}");

        var issued = await sandbox.PostAsync("/insurers/adriatik/orders", order);
        Assert.Equal("201 issued ADR-000001 2027-03-30", $"{issued.Status} {issued.Json["status"]} {issued.Json["policy"]!["number"]} {issued.Json["policy"]!["end"]}");
        Assert.Equal($"{issued}", $"{await sandbox.PostAsync("/insurers/adriatik/orders", order)}");
        var paper = Convert.FromBase64String($"{(await sandbox.GetAsync("/insurers/adriatik/orders/p1/document")).Json["content"]}");
        Assert.Equal($"{issued.Json["policy"]!["documentHash"]}", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(paper)));

        Assert.Equal("cancelled", $"{(await sandbox.PostAsync("/insurers/adriatik/orders/p1/cancellation", "{}")).Json["status"]}");
        Assert.Equal("cancelled", $"{(await sandbox.GetAsync("/insurers/adriatik/orders/p1")).Json["status"]}");
        Assert.Equal(404, (await sandbox.GetAsync("/insurers/adriatik/orders/p1/document")).Status);

        // What was called off before it came is not taken when it comes.
        await sandbox.PostAsync("/insurers/adriatik/orders/p2/cancellation", "{}");
        Assert.Equal("409 cancelled", Said(await sandbox.PostAsync("/insurers/adriatik/orders", Order("p2", $"{offer["offerId"]}"))));
        Assert.Equal("409 refused offer_unknown", Said(await sandbox.PostAsync("/insurers/adriatik/orders", Order("p3", "another"))));

        static string Order(string purchase, string offer) =>
            $$"""{"purchaseId":"{{purchase}}","offerId":"{{offer}}","kind":"auto_sos","questions":{"plate":"AA123BB","period":"one_month"},"details":{"start":"2027-02-28","end":"2027-03-30"},"premium":{"amount":"2500.00","currency":"ALL"},"email":"arta@example.com"}""";
        static string Said(Answer answer) => $"{answer.Status} {answer.Json["status"]} {answer.Json["code"]}".Replace("cancelled cancelled", "cancelled", StringComparison.Ordinal);
    }
}
