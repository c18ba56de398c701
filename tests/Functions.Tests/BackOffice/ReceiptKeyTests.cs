using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Receipts;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>Receipts as strangers check them.</summary>
public sealed class ReceiptKeyTests(Office office) : IClassFixture<Office>
{
    [Fact]
    public async Task Anybody_gets_the_keys_and_is_told_what_a_receipt_states_and_that_an_altered_one_is_none()
    {
        var account = await office.OpenAsync("20.00");
        var lines = await office.Bank.Host.Services.GetRequiredService<ReadEntries>().RunAsync(new AccountId(account.Id), null, 1, TestContext.Current.CancellationToken);
        var receipt = office.Bank.Host.Services.GetRequiredService<SignReceipt>().Sign(account.Iban, lines);

        var keys = JsonNode.Parse(await office.Bank.Anonymous.GetStringAsync("api/public/v1/keys", TestContext.Current.CancellationToken))!["keys"]!.AsArray();
        Assert.Equal(("EC", "P-256", "ES256", "sig"), ((string)keys[0]!["kty"]!, (string)keys[0]!["crv"]!, (string)keys[0]!["alg"]!, (string)keys[0]!["use"]!));
        Assert.DoesNotContain(keys, key => key!.AsObject().ContainsKey("d"));

        var stated = (await VerifyAsync(receipt)).Json;
        Assert.Equal((account.Iban, "cash_deposit", "20.00", lines[0].Hash), (
            (string)stated["account"]!, (string)stated["kind"]!, (string)stated["lines"]![0]!["amount"]!["amount"]!, (string)stated["lines"]![0]!["hash"]!));
        var parts = receipt.Split('.');
        Assert.Equal("422 receipt_not_genuine", (await VerifyAsync($"{parts[0]}.{parts[1][..^3]}AAA.{parts[2]}")).ToString());
        Assert.Equal("422 receipt_not_genuine", (await VerifyAsync("nothing")).ToString());
        Assert.StartsWith("400 invalid_input", (await VerifyAsync(new string('a', VerifyReceipt.LengthAtMost + 1))).ToString());
    }

    [Fact]
    public async Task The_audit_trail_is_proven_and_closed_to_other_staff()
    {
        await office.SetStatusAsync(await office.OpenAsync(), "blocked");
        var written = (string)JsonNode.Parse(await office.Ilir.GetStringAsync("api/backoffice/v1/audit?limit=1", TestContext.Current.CancellationToken))!["items"]![0]!["at"]!;

        // A day of the trail is one of the bank's, which begins before UTC's.
        var day = LocalDatePattern.Iso.Format(InstantPattern.ExtendedIso.Parse(written).Value.InZone(BankTime.Tirane).Date);
        var proof = JsonNode.Parse(await office.Auditor.GetStringAsync($"api/backoffice/v1/audit/proof?day={day}", TestContext.Current.CancellationToken))!;
        Assert.True((bool)proof["isProven"]! && (long)proof["records"]! > 0, proof.ToJsonString());
        Assert.Equal("403 role_missing", (await Office.SendAsync(office.Teller, HttpMethod.Get, "api/backoffice/v1/audit", null)).ToString());
        Assert.Equal("400 invalid_input", (await Office.SendAsync(office.Auditor, HttpMethod.Get, "api/backoffice/v1/audit?from=2026-03-02&to=2026-03-01", null)).ToString());
    }

    private Task<RaceAnswer> VerifyAsync(string receipt) => Office.SendAsync(
        office.Bank.Anonymous, HttpMethod.Post, "api/public/v1/receipts/verification", new JsonObject { ["receipt"] = receipt }.ToJsonString());
}
