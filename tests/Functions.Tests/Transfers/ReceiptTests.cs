using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class ReceiptTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("TRF-34"), Requirement("TRF-45")]
    public async Task A_settled_transfer_has_a_receipt_for_each_of_its_parties_that_the_bank_has_signed()
    {
        var (arta, besa, drita) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        var sent = await arta.SendInsideAsync(from, to.Iban, "123.45", "Qira për banesë");
        var path = $"v1/transfers/{sent.Json["id"]}/receipt";
        Assert.Equal($"/api/{path}", (string?)sent.Json["receipt"]);

        var mine = await arta.GetAsync(path);
        var hers = await besa.GetOnceAsync(path);

        var pdf = await FetchAsync(mine);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(pdf[..8]), StringComparison.Ordinal);
        var text = string.Join(" ", PdfText.PagesOf(pdf));
        Assert.Contains("123.45 ALL", text, StringComparison.Ordinal);
        Assert.Contains("Qira për banesë", text, StringComparison.Ordinal);
        Assert.Equal(pdf, await FetchAsync(await arta.GetAsync(path)));
        Assert.DoesNotContain("Debit", string.Join(" ", PdfText.PagesOf(await FetchAsync(hers))), StringComparison.Ordinal);

        foreach (var receipt in new[] { mine, hers })
        {
            var verified = await scene.Bank.CallAsync(
                "POST", "public/v1/receipts/verification", new JsonObject { ["receipt"] = (string)receipt.Json["signedReceipt"]! }.ToJsonString());
            Assert.True(verified.Status == 200, verified.ToString());
        }

        Assert.Equal("404 transfer_not_found", (await drita.GetAsync(path)).ToString());
    }

    [Fact, Requirement("TRF-44")]
    public async Task A_quote_is_void_after_five_minutes_unless_it_was_confirmed_in_time()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));
        var (used, late) = (await arta.QuoteOwnAsync(from, to, "10.00"), await arta.QuoteOwnAsync(from, to, "20.00"));
        var sent = await arta.ConfirmAsync("own", used, "one");
        Assert.Equal(201, sent.Status);

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5.1));
        var later = await scene.SignInAsync(arta.Number);

        var expired = await later.ConfirmAsync("own", late);
        Assert.Equal($"409 quote_expired {late.Json["expiresAt"]}", $"{expired} {expired.Json["expiredAt"]}");
        Assert.Equal(sent.Text, (await later.ConfirmAsync("own", used, "one")).Text);
        Assert.Equal("1990.00 ALL", await later.BalanceAsync(from));
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-11"), Requirement("TRF-43")]
    public async Task A_closed_or_blocked_account_neither_pays_nor_is_paid_and_a_beneficiary_may_have_vanished()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to, gone) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        var quote = await arta.QuoteInsideAsync(from, to.Iban, "5.00");
        var beneficiary = await arta.PostAsync("v1/beneficiaries", new JsonObject { ["firstName"] = "Besa", ["lastName"] = "Kola", ["account"] = gone.Iban });
        await SetStatusAsync(to, "blocked");
        await SetStatusAsync(gone, "closed");

        Assert.Equal("422 payee_account_not_usable", (await arta.ConfirmAsync("inside", quote)).ToString());
        Assert.Equal("422 payee_account_not_usable", (await arta.QuoteInsideAsync(from, to.Iban, "5.00")).ToString());
        Assert.Equal("404 payee_not_found", (await arta.QuoteInsideAsync(from, gone.Iban, "5.00")).ToString());
        var vanished = await arta.QuoteInsideAsync(from, null, "5.00", beneficiary: new JsonObject { ["beneficiaryId"] = (string)beneficiary.Json["id"]! });
        Assert.Equal($"409 beneficiary_gone {beneficiary.Json["id"]}", $"{vanished} {vanished.Json["beneficiary"]}");

        var mine = await arta.OpenAccountAsync("0.00");
        await SetStatusAsync(from, "blocked");
        Assert.Equal("422 account_blocked", (await arta.QuoteOwnAsync(from, mine, "5.00")).ToString());
        Assert.Equal("2000.00 ALL", await arta.BalanceAsync(from));
    }

    private async Task<byte[]> FetchAsync(Answer receipt)
    {
        Assert.True(receipt.Status == 200, receipt.ToString());
        return await scene.Bank.Anonymous.GetByteArrayAsync(((string)receipt.Json["pdf"]!["url"]!).TrimStart('/'));
    }

    /// <summary>Proposed by one member of staff, approved by another.</summary>
    private async Task SetStatusAsync(OpenedAccount account, string status)
    {
        var proposed = await scene.Bank.CallAsync(
            "POST", $"backoffice/v1/accounts/{account.Id}/status-changes", $$"""{"status":"{{status}}","reason":"Urdhër"}""", await scene.TellerAsync(), TransferBank.WithKey());
        Assert.True(proposed.Status == 201, proposed.ToString());
        var mira = await scene.Bank.TokenAsync(new() { ["staff"] = "mira", ["roles"] = "ledger branch" });
        var decided = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/changes/{proposed.Json["id"]}/decision", """{"decision":"approve","reason":"E shqyrtuar"}""", mira, TransferBank.WithKey());
        Assert.True(decided.Status == 200, decided.ToString());
    }
}
