namespace Serverless.Sandbox.Tests;

/// <summary>The samples' OSHEE contract and its invoice.</summary>
internal static class Bills
{
    public const string ClientCode = "TR0.A0000000000000";
    public const string Number = "000000001";

    public static string Payment(
        string paymentId, string clientCode = ClientCode, string number = Number, string amount = "1707.40", string penalty = "0.00", string currency = "ALL") => $$"""
        {"paymentId":"{{paymentId}}","clientCode":"{{clientCode}}","invoiceNumber":"{{number}}",
         "amount":{"amount":"{{amount}}","currency":"{{currency}}"},"penalty":{"amount":"{{penalty}}","currency":"{{currency}}"},"paidAt":"2018-08-06T10:00:00Z"}
        """;

    public static Task<Answer> PayAsync(this SandboxHost sandbox, string paymentId) => sandbox.PostAsync("/billers/oshee/payments", Payment(paymentId));

    public static Task<Answer> SettlementAsync(this SandboxHost sandbox, string paymentId) => sandbox.GetAsync($"/billers/oshee/payments/{paymentId}");

    /// <summary>Every payment the biller took, as "id status times".</summary>
    public static async Task<string[]> BookedAsync(this SandboxHost sandbox) =>
    [
        .. (await sandbox.GetAsync("/billers/oshee/payments")).Json["payments"]!.AsArray()
            .Select(payment => $"{payment!["paymentId"]} {payment["settlement"]!["status"]} {payment["timesSent"]}"),
    ];

    public static async Task<string[]> UnpaidAsync(this SandboxHost sandbox, string clientCode = ClientCode) =>
    [
        .. (await sandbox.GetAsync($"/billers/oshee/subscribers/{clientCode}/invoices")).Json["invoices"]!.AsArray()
            .Select(invoice => $"{invoice!["number"]} {invoice["amount"]!["amount"]}"),
    ];

    /// <summary>Adds an unpaid invoice 000000002 of 950.00 ALL, and lets the bank know when asked.</summary>
    public static Task<Answer> IssueAsync(this SandboxHost sandbox, string number = "000000002", bool notify = true) => sandbox.PostAsync(
        "/billers/oshee/invoices",
        $$"""{"clientCode":"{{ClientCode}}","number":"{{number}}","amount":{"amount":"950.00","currency":"ALL"},"issuedOn":"2018-09-01","notify":{{(notify ? "true" : "false")}}}""");
}
