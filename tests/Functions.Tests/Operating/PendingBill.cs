using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

/// <summary>A payment of 1707.40 ALL that its company has not decided; its workflow asks on.</summary>
internal static class PendingBill
{
    /// <param name="invoice">Its number, six digits, which the client code ends with.</param>
    /// <returns>The payment's id.</returns>
    public static async Task<Guid> OrderAsync(Sender customer, OpenedAccount account, TestSandbox sandbox, string invoice)
    {
        var code = $"TR0.A0000000{invoice}";
        await sandbox.AddSubscriberAsync("oshee", code, "Test Test");
        await sandbox.AddInvoiceAsync("oshee", code, invoice, "1707.40", "2018-08-01");
        await sandbox.TurnAsync("oshee", """{"pendingRate":1,"settleAfterMs":null}""");
        var contract = await customer.PostAsync("v1/bills/contracts", new JsonObject { ["company"] = "oshee", ["clientCode"] = code, ["name"] = "Test Test" });
        var quote = await customer.PostAsync(
            "v1/bills/quotes", new JsonObject { ["contractId"] = (string)contract.Json["id"]!, ["invoiceNumber"] = invoice, ["accountId"] = account.Id });
        var payment = await customer.PostAsync("v1/bills/payments", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! });
        Assert.Equal(202, payment.Status);
        return Guid.Parse((string)payment.Json["id"]!);
    }
}
