using System.Text;

namespace Serverless.Sandbox.Tests;

public sealed class InterbankTests
{
    private const string Message = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId><TxId>T1</TxId></PmtId><IntrBkSttlmAmt Ccy="EUR">5.00</IntrBkSttlmAmt><ChrgBr>SHAR</ChrgBr><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
        """;

    [Fact]
    public async Task A_message_is_taken_once_and_one_with_faults_or_another_under_its_id_never()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal("""202 {"messageId":"M1","status":"received"}""", $"{await SendAsync(sandbox, Message)}");
        Assert.Equal(202, (await SendAsync(sandbox, Message)).Status);
        Assert.Equal("message_id_reused", (string?)(await SendAsync(sandbox, Message.Replace("5.00", "6.00", StringComparison.Ordinal))).Json["code"]);
        foreach (var (good, bad) in new[] { ("SHAR", ""), ("5.00", "five"), ("<Document", "<no"), ("E1", "ë") })
            Assert.Equal("invalid_message", (string?)(await SendAsync(sandbox, Message.Replace(good, bad, StringComparison.Ordinal))).Json["code"]);

        var only = Assert.Single((await sandbox.GetAsync("/networks/interbank/messages")).Json["messages"]!.AsArray())!;
        Assert.Equal("2 5.00 EUR", $"{only["timesSent"]} {only["amount"]!["amount"]} {only["amount"]!["currency"]}");
    }

    [Fact]
    public async Task The_desk_settles_rejects_and_returns_and_the_status_says_so()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/interbank", """{"pendingRate":1,"settleAfterMs":null}""");
        await SendAsync(sandbox, Message);
        Assert.Contains("<TxSts>ACSP</TxSts>", (await sandbox.GetAsync("/networks/interbank/messages/M1/status")).Text, StringComparison.Ordinal);

        Assert.Equal(200, (await sandbox.PostAsync("/networks/interbank/messages/M1/settle", "{}")).Status);
        Assert.Equal(409, (await sandbox.PostAsync("/networks/interbank/messages/M1/reject", "{}")).Status);
        Assert.Equal(200, (await sandbox.PostAsync("/networks/interbank/messages/M1/return", """{"reason":"AC04","amount":{"amount":"4.50","currency":"EUR"}}""")).Status);

        Assert.Contains("<TxSts>ACSC</TxSts>", (await sandbox.GetAsync("/networks/interbank/messages/M1/status")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await sandbox.GetAsync("/networks/interbank/messages/M2/status")).Status);
        Assert.Equal(
            ["interbank.return", "interbank.status"],
            (await sandbox.GetAsync("/webhooks/sent?partner=interbank")).Json["webhooks"]!.AsArray().Select(sent => (string)sent!["type"]!));
        Assert.Contains("M1", (await sandbox.GetAsync("/networks/interbank")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remittance_is_paid_out_once_by_whoever_asks_first()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        const string body = """{"payoutId":"p1","pin":"11223344556"}""";

        Assert.Equal("available", (string?)(await sandbox.PostAsync("/remitters/ria/lookups", """{"pin":"11223344556"}""")).Json["status"]);
        Assert.Equal(201, (await sandbox.PostAsync("/remitters/ria/payouts", body)).Status);
        Assert.Equal(201, (await sandbox.PostAsync("/remitters/ria/payouts", body)).Status);
        Assert.Equal("409 already_paid", await CodeAsync(sandbox, """{"payoutId":"p2","pin":"11223344556"}"""));
        Assert.Equal("409 cancelled", await CodeAsync(sandbox, """{"payoutId":"p3","pin":"55667788990"}"""));
        Assert.Equal("404 unknown_pin", await CodeAsync(sandbox, """{"payoutId":"p4","pin":"00000000000"}"""));
        Assert.Equal("confirmed", (string?)(await sandbox.GetAsync("/remitters/ria/payouts/p1")).Json["status"]);
    }

    private static async Task<string> CodeAsync(SandboxHost sandbox, string payout) =>
        await sandbox.PostAsync("/remitters/ria/payouts", payout) is var answer ? $"{answer.Status} {answer.Json["code"]}" : "";

    private static async Task<Answer> SendAsync(SandboxHost sandbox, string xml)
    {
        using var content = new StringContent(xml.Trim(), Encoding.UTF8, "application/xml");
        using var response = await sandbox.Client.PostAsync("/networks/interbank/messages", content);
        return await Answer.ReadAsync(response);
    }
}
