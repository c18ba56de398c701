using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Confirmations;

/// <summary>Strong confirmation over HTTP: bound to operation, amount, currency and payee, by the device's key or by a code, used once.</summary>
public sealed class ConfirmationTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("AUTH-29")]
    public async Task On_a_trusted_device_only_its_own_fresh_signature_under_exactly_this_quote_pays_a_stranger_and_only_once()
    {
        var (arta, besa, drita) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"), await scene.CustomerAsync("Drita Leka"));
        var (from, to, other) = (await arta.OpenAccountAsync("50000.00"), await besa.OpenAccountAsync("0.00"), await drita.OpenAccountAsync("0.00"));
        var device = scene.Bank.SignIn.Of(arta.Token).Device;
        var quote = await arta.QuoteInsideAsync(from, to.Iban, "5000.00");
        var confirmation = quote.Json["confirmation"]!;

        Assert.True((bool)confirmation["required"]!);
        Assert.Equal("inside_transfer 5000.00 ALL", $"{confirmation["facts"]!["operation"]} {Sender.Amount(confirmation["facts"]!["amount"])}");
        Assert.EndsWith(to.Iban, (string)confirmation["facts"]!["payee"]!, StringComparison.Ordinal);
        Assert.Equal(HashOf(confirmation["facts"]!), (string)confirmation["hash"]!);
        var missing = await ConfirmAsync(arta, "inside", quote, null);
        Assert.Equal("403 confirmation_required", missing.ToString());
        Assert.Equal(["signature", "code"], missing.Json["methods"]!.AsArray().Select(method => (string)method!));

        string Sign(Answer signed, TestDevice? by = null, double after = 0) =>
            (by ?? device).Confirming((string)signed.Json["quoteId"]!, (string)signed.Json["confirmation"]!["hash"]!, Now.AddSeconds(after));
        var (amount, payee) = (await arta.QuoteInsideAsync(from, to.Iban, "5000.01"), await arta.QuoteInsideAsync(from, other.Iban, "5000.00"));
        Assert.Equal("403 challenge_mismatch", (await ConfirmAsync(arta, "inside", quote, Sign(amount))).ToString());
        Assert.Equal("403 challenge_mismatch", (await ConfirmAsync(arta, "inside", quote, Sign(payee))).ToString());
        Assert.Equal(
            "403 challenge_mismatch",
            (await ConfirmAsync(arta, "inside", quote, device.Confirming((string)quote.Json["quoteId"]!, (string)amount.Json["confirmation"]!["hash"]!, Now))).ToString());
        Assert.Equal("403 confirmation_signature_wrong", (await ConfirmAsync(arta, "inside", quote, Sign(quote, by: new TestDevice()))).ToString());
        Assert.Equal("403 confirmation_signature_wrong", (await ConfirmAsync(arta, "inside", quote, Sign(quote)[..^3] + "AAA")).ToString());
        Assert.Equal("409 confirmation_expired", (await ConfirmAsync(arta, "inside", quote, Sign(quote, after: 90))).ToString());
        Assert.Equal("409 confirmation_expired", (await ConfirmAsync(arta, "inside", quote, Sign(quote, after: -90))).ToString());
        Assert.StartsWith("400 invalid_input\nStrong-Confirmation confirmation_malformed", (await ConfirmAsync(arta, "inside", quote, "yes")).ToString(), StringComparison.Ordinal);
        Assert.Equal("404 quote_not_found", (await ConfirmAsync(arta, "phone", quote, Sign(quote))).ToString());
        Assert.Equal("50000.00 ALL", await arta.BalanceAsync(from));

        var (key, signed) = (Guid.NewGuid().ToString(), Sign(quote, after: 45));
        var sent = await ConfirmAsync(arta, "inside", quote, signed, key);
        Assert.Equal(201, sent.Status);
        Assert.Equal((string)sent.Json["id"]!, (string)(await ConfirmAsync(arta, "inside", quote, signed, key)).Json["id"]!);
        Assert.Equal("409 transfer_already_confirmed", (await ConfirmAsync(arta, "inside", quote, signed)).ToString());
        Assert.Equal("45000.00 ALL", await arta.BalanceAsync(from));
    }

    [Fact, Requirement("AUTH-29")]
    public async Task Elsewhere_a_code_confirms_that_names_amount_and_payee_is_good_for_this_quote_alone_once_and_for_five_tries()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha", trusted: false), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("50000.00"), await besa.OpenAccountAsync("0.00"));
        var (quote, another) = (await arta.QuoteInsideAsync(from, to.Iban, "5000.00"), await arta.QuoteInsideAsync(from, to.Iban, "5000.01"));

        var signature = new TestDevice().Confirming((string)quote.Json["quoteId"]!, (string)quote.Json["confirmation"]!["hash"]!, Now);
        Assert.Equal(["code"], (await ConfirmAsync(arta, "inside", quote, signature)).Json["methods"]!.AsArray().Select(method => (string)method!));
        Assert.Equal("404 challenge_not_found", (await SendAsync(arta, quote, "own_transfer")).ToString());
        Assert.Equal("404 challenge_not_found", (await SendAsync(besa, quote)).ToString());

        var (id, code, text) = await ReceiveAsync(arta, quote);
        Assert.Contains("5000.00 ALL", text, StringComparison.Ordinal);
        Assert.Contains(to.Iban, text, StringComparison.Ordinal);
        Assert.Equal("429 too_many_requests", (await SendAsync(arta, quote)).ToString());
        Assert.Equal("422 otp_wrong", (await ConfirmAsync(arta, "inside", quote, $"{id}.{Wrong(code)}")).ToString());
        Assert.Equal("403 challenge_mismatch", (await ConfirmAsync(arta, "inside", another, $"{id}.{code}")).ToString());
        var key = Guid.NewGuid().ToString();
        var sent = await ConfirmAsync(arta, "inside", quote, $"{id}.{code}", key);
        Assert.Equal(201, sent.Status);
        Assert.Equal((string)sent.Json["id"]!, (string)(await ConfirmAsync(arta, "inside", quote, $"{id}.{code}", key)).Json["id"]!);
        Assert.Equal("409 confirmation_used", (await ConfirmAsync(arta, "inside", quote, $"{id}.{code}")).ToString());

        // Five wrong ones cancel it: the sixth try is refused although it is right, and no further code is sent for this quote.
        var (second, right, _) = await ReceiveAsync(arta, another);
        for (var i = 0; i < 4; i++)
            Assert.Equal("422 otp_wrong", (await ConfirmAsync(arta, "inside", another, $"{second}.{Wrong(right)}")).ToString());
        Assert.Equal("422 challenge_cancelled", (await ConfirmAsync(arta, "inside", another, $"{second}.{Wrong(right)}")).ToString());
        Assert.Equal("422 challenge_cancelled", (await ConfirmAsync(arta, "inside", another, $"{second}.{right}")).ToString());
        Assert.Equal("422 challenge_cancelled", (await SendAsync(arta, another)).ToString());

        var third = await arta.QuoteInsideAsync(from, to.Iban, "5000.02");
        var (late, expired, _) = await ReceiveAsync(arta, third);
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(121));
        Assert.Equal("422 otp_expired", (await ConfirmAsync(arta, "inside", third, $"{late}.{expired}")).ToString());
        Assert.Equal("45000.00 ALL", await arta.BalanceAsync(from));
    }

    [Fact, Requirement("AUTH-29")]
    public async Task Own_accounts_registered_payees_and_five_low_values_in_a_row_go_without_a_factor()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, savings, to) = (await arta.OpenAccountAsync("50000.00"), await arta.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        Assert.Equal("own_accounts", await ExemptionAsync(await arta.QuoteOwnAsync(from, savings, "9000.00"), "own"));
        Assert.Equal("own_accounts", await ExemptionAsync(await arta.QuoteInsideAsync(from, savings.Iban, "9000.00"), "inside"));

        // A registered payee is one whose registration was confirmed; no exemption covers registering one along the way.
        var low = await arta.QuoteInsideAsync(from, to.Iban, "100.00");
        Assert.Equal("low_value", (string)low.Json["confirmation"]!["exemption"]!);
        Assert.Equal("403 confirmation_required", (await ConfirmAsync(arta, "inside", low, null, save: true)).ToString());
        for (var i = 0; i < 5; i++)
            Assert.Equal("low_value", await ExemptionAsync(await arta.QuoteInsideAsync(from, to.Iban, "100.00"), "inside"));
        Assert.Equal("403 confirmation_required", (await ConfirmAsync(arta, "inside", low, null)).ToString());

        var sixth = await arta.QuoteInsideAsync(from, to.Iban, "100.00");
        Assert.True((bool)sixth.Json["confirmation"]!["required"]!);
        Assert.Equal(201, (await arta.ConfirmAsync("inside", sixth, saveBeneficiary: true)).Status);
        Assert.Equal("low_value", await ExemptionAsync(await arta.QuoteInsideAsync(from, to.Iban, "100.00"), "inside"));

        var registered = await arta.GetOnceAsync("v1/beneficiaries", list => list.Json["items"]!.AsArray().Count > 0);
        var payee = new JsonObject { ["beneficiaryId"] = (string)registered.Json["items"]![0]!["id"]! };
        Assert.Equal("trusted_beneficiary", await ExemptionAsync(await arta.QuoteInsideAsync(from, null, "9000.00", beneficiary: payee), "inside"));

        async Task<string?> ExemptionAsync(Answer quote, string kind)
        {
            Assert.Equal("false", quote.Json["confirmation"]!["required"]!.ToJsonString());
            Assert.Equal("201", (await ConfirmAsync(arta, kind, quote, null)).Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return (string?)quote.Json["confirmation"]!["exemption"];
        }
    }

    [Fact, Requirement("AUTH-29")]
    public async Task What_has_no_quote_is_challenged_and_the_same_request_alone_brings_the_challenge_back()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (to, other) = (await besa.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        var device = scene.Bank.SignIn.Of(arta.Token).Device;
        var key = Guid.NewGuid().ToString();
        static string Payee(OpenedAccount account) => $$"""{"firstName":"Besa","lastName":"Kola","account":"{{account.Iban}}"}""";

        var asked = await RawAsync(arta, "v1/beneficiaries", Payee(to), key);
        Assert.Equal("403 confirmation_required", asked.ToString());
        Assert.EndsWith(to.Iban, (string)asked.Json["payee"]!, StringComparison.Ordinal);
        var challenge = (string)asked.Json["challenge"]!;
        var signed = device.Confirming(challenge, (string)asked.Json["factsHash"]!, Now);

        Assert.StartsWith("400 invalid_input\nConfirmation-Challenge confirmation_malformed", (await RawAsync(arta, "v1/beneficiaries", Payee(to), key, signed)).ToString(), StringComparison.Ordinal);
        Assert.Equal("403 challenge_mismatch", (await RawAsync(arta, "v1/beneficiaries", Payee(other), key, signed, challenge)).ToString());
        Assert.Equal("403 challenge_mismatch", (await RawAsync(arta, "v1/beneficiaries", Payee(to), Guid.NewGuid().ToString(), signed, challenge)).ToString());
        Assert.Equal("403 challenge_mismatch", (await RawAsync(besa, "v1/beneficiaries", Payee(to), key, signed, challenge)).ToString());
        Assert.Equal(
            "403 confirmation_signature_wrong",
            (await RawAsync(arta, "v1/beneficiaries", Payee(to), key, new TestDevice().Confirming(challenge, (string)asked.Json["factsHash"]!, Now), challenge)).ToString());
        var added = await RawAsync(arta, "v1/beneficiaries", Payee(to), key, signed, challenge);
        Assert.Equal(201, added.Status);
        Assert.Equal((string)added.Json["id"]!, (string)(await RawAsync(arta, "v1/beneficiaries", Payee(to), key, signed, challenge)).Json["id"]!);
    }

    [Fact, ProvesRace("Confirmations_Send"), Requirement("AUTH-29")]
    public async Task Many_who_ask_at_once_get_one_code()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha", trusted: false), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("50000.00"), await besa.OpenAccountAsync("0.00"));
        var quote = await arta.QuoteInsideAsync(from, to.Iban, "6000.00");
        using var client = scene.Bank.Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", arta.Token);
        var asking = RaceCall.Post(
            client, "api/v1/confirmations", new JsonObject { ["operation"] = "inside_transfer", ["challenge"] = (string)quote.Json["quoteId"]! }.ToJsonString());

        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(asking, 6)], async () =>
        {
            await scene.Bank.WhenIdleAsync();
            return (await TextsAsync(arta)).Count;
        }, "429 too_many_requests");
    }

    private DateTimeOffset Now => ((TimeProvider)scene.Bank.Host.Services.GetService(typeof(TimeProvider))!).GetUtcNow();

    private Task<Answer> ConfirmAsync(Sender sender, string kind, Answer quote, string? confirmation, string? key = null, bool save = false)
    {
        var body = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! };
        if (save)
            body["saveBeneficiary"] = true;
        if (quote.Json["possibleDuplicate"] is not null)
            body["payAgain"] = true;
        return RawAsync(sender, $"v1/transfers/{kind}", body.ToJsonString(), key ?? Guid.NewGuid().ToString(), confirmation);
    }

    private Task<Answer> SendAsync(Sender sender, Answer quote, string operation = "inside_transfer") => RawAsync(
        sender, "v1/confirmations", new JsonObject { ["operation"] = operation, ["challenge"] = (string)quote.Json["quoteId"]! }.ToJsonString(), null);

    /// <summary>Asks for a code and reads it from the telephone.</summary>
    private async Task<(string Id, string Code, string Text)> ReceiveAsync(Sender sender, Answer quote)
    {
        var before = (await TextsAsync(sender)).Count;
        var sent = await SendAsync(sender, quote);
        Assert.True(sent.Status == 202, sent.ToString());
        List<string> texts = [];
        await Eventually.IsTrueAsync(async () => (texts = await TextsAsync(sender)).Count > before);
        var amount = Sender.Amount(quote.Json["confirmation"]!["facts"]!["amount"]);
        var text = texts.Single(one => one.Contains(amount, StringComparison.Ordinal));
        return ((string)sent.Json["confirmationId"]!, text[..6], text);
    }

    private async Task<List<string>> TextsAsync(Sender sender) =>
        [.. JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"inbox/messages?customer={sender.Number}&channel=sms"))!["messages"]!.AsArray().Select(one => (string)one!["text"]!)];

    /// <summary>As a client that confirms nothing by itself.</summary>
    private async Task<Answer> RawAsync(Sender sender, string path, string json, string? key, string? confirmation = null, string? challenge = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sender.Token);
        foreach (var (name, value) in new[] { ("Idempotency-Key", key), (ConfirmingHandler.Header, confirmation), (ConfirmingHandler.ChallengeHeader, challenge) })
        {
            if (value is not null)
                request.Headers.Add(name, value);
        }

        using var answer = await scene.Bank.Host.Client.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }

    private static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    private static string HashOf(JsonNode facts) => System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{facts["operation"]}\n{facts["amount"]!["amount"]}\n{facts["amount"]!["currency"]}\n{facts["payee"]}")));
}
