using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>A pacs.008 in the interbank network's signed webhook, as the sandbox's network sends it.</summary>
internal static class IncomingPayment
{
    private static readonly string Secret = HttpBank.Settings("").Single(setting => setting.Name == "Partners__Interbank__WebhookSecret").Value["whsec_".Length..];

    /// <returns>The answer's status as a number, once the bank has the payment.</returns>
    public static async Task<JsonNode> SendAsync(HttpClient client, string iban)
    {
        var id = Guid.NewGuid().ToString("N");
        var body = new JsonObject
        {
            ["type"] = "interbank.transfer",
            ["timestamp"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject { ["message"] = Message(id, iban) },
        }.ToJsonString();
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/interbank") { Content = HttpBank.Json(body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add(
            "webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"{id}.{at}.{body}")))}");
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? JsonValue.Create((int)answer.StatusCode)
            : throw new InvalidOperationException($"The incoming payment was answered {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Message(string id, string iban) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>{id}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>NOTPROVIDED</EndToEndId><TxId>{id}</TxId></PmtId><IntrBkSttlmAmt Ccy="ALL">1.00</IntrBkSttlmAmt><ChrgBr>SHAR</ChrgBr><Dbtr><Nm>Hans Muster</Nm></Dbtr><DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt><CdtrAgt><FinInstnId><BICFI>SRVLALTR</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>Arta Hoxha</Nm></Cdtr><CdtrAcct><Id><IBAN>{iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
        """;
}
