using System.Text.Json.Nodes;
using Serverless.Banking.Sessions;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.SmartPay;

[Collection(SharedFriends.Name)]
public sealed class SmartPayTests(FriendsBank scene)
{
    [Fact, Requirement("QR-23"), Requirement("QR-24"), Requirement("QR-27")]
    public async Task A_QR_account_opens_on_a_current_account_and_activates_SmartPay_as_the_menu_leads_to_it()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var entry = (await arta.GetAsync("products")).Json["items"]!.AsArray().Single(item => (string?)item!["code"] == "smart_pay")!;
        var (overview, accounts) = (Path(entry["operations"]![0]!), Path(entry["operations"]![1]!));
        Assert.False((bool)(await arta.GetAsync(overview)).Json["isActive"]!);
        Assert.Equal("smart_pay_not_activated", await ScanAndPayAsync(arta));

        Assert.Equal("404 account_not_found", (await OpenAsync(arta, Guid.NewGuid())).ToString());
        Assert.Equal("400 description_character_not_allowed", Codes(await arta.PostAsync(accounts, new JsonObject { ["accountId"] = arta.Account, ["description"] = "<b>" })));
        var opened = await arta.PostAsync(accounts, new JsonObject { ["accountId"] = arta.Account, ["description"] = "Tezga ime" }, "key-1");
        Assert.Equal(201, opened.Status);
        Assert.Equal(opened.Text, (await arta.PostAsync(accounts, new JsonObject { ["accountId"] = arta.Account, ["description"] = "Tezga ime" }, "key-1")).Text);
        Assert.Equal("422 idempotency_key_reused", (await arta.PostAsync(accounts, new JsonObject { ["accountId"] = arta.Account }, "key-1")).ToString());
        Assert.Equal("409 qr_account_exists", (await OpenAsync(arta, arta.Account)).ToString());
        Assert.True((bool)(await arta.GetAsync(overview)).Json["isActive"]!);
        Assert.Null(await ScanAndPayAsync(arta));

        var one = $"{accounts}/{opened.Json["id"]}";
        Assert.Equal("Dyqani", (string?)(await arta.CallAsync("PUT", $"{one}/description", """{"description":"Dyqani"}""")).Json["description"]);
        Assert.Equal("Dyqani", (string?)(await arta.GetAsync(accounts)).Json["items"]!.AsArray().Single()!["description"]);
        Assert.Null((await arta.CallAsync("PUT", $"{one}/description", """{"description":null}""")).Json["description"]);
        var image = await (await arta.ClientAsync()).GetAsync($"api/v1/{one}/image");
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await image.Content.ReadAsByteArrayAsync())[..4]);

        var stranger = await scene.FriendAsync("Drita Kola");
        Assert.Equal("404 qr_account_not_found", (await stranger.GetAsync(one)).ToString());
        Assert.Equal("404 qr_account_not_found", (await stranger.CallAsync("DELETE", one)).ToString());
        var deleted = await arta.CallAsync("DELETE", one);
        Assert.NotNull(deleted.Json["deletedAt"]);
        Assert.Equal(deleted.Text, (await arta.CallAsync("DELETE", one)).Text);
        Assert.Equal(deleted.Text, (await arta.GetAsync(one)).Text);
        Assert.Equal("409 qr_account_deleted", (await arta.CallAsync("PUT", $"{one}/description", """{"description":"Dyqani"}""")).ToString());
        Assert.False((bool)(await arta.GetAsync(overview)).Json["isActive"]!);
        Assert.Equal(201, (await OpenAsync(arta, arta.Account)).Status);
    }

    [Fact, Requirement("QR-23")]
    public async Task A_savings_account_is_not_paid_by_scanning()
    {
        var arta = await scene.FriendAsync("Arta Hoxha", "20000.00");
        var quote = await arta.PostAsync("accounts/openings/savings/quotes", new JsonObject { ["fundingAccountId"] = arta.Account, ["initialAmount"] = Friend.Money("10000.00"), ["name"] = "Kursime", ["currency"] = "ALL" });
        Assert.True(quote.Status == 200, quote.ToString());
        var opened = await arta.PostAsync("accounts/openings", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = "2026-01" });
        Assert.True(opened.Status == 201, opened.ToString());

        Assert.Equal("422 not_a_current_account", (await OpenAsync(arta, Guid.Parse((string)opened.Json["accountId"]!))).ToString());
    }

    [Fact, Requirement("QR-25"), Requirement("QR-26"), Requirement("QR-28"), Requirement("QR-29")]
    public async Task A_code_with_an_amount_is_paid_once_and_one_without_as_often_as_somebody_likes()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "500.00"));
        var face = await OpenAsync(arta, arta.Account);
        Assert.Equal("400 amount_not_positive", Codes(await RequestAsync(arta, face, "0.00")));
        Assert.Equal("400 amount_not_in_account_currency", Codes(await RequestAsync(arta, face, "1.00", "EUR")));
        var asked = await RequestAsync(arta, face, "120.50");
        Assert.Equal("open", (string)asked.Json["state"]!);
        var code = (string)asked.Json["code"]!;

        // Whoever scans sees whom and how much, masked; nothing in the code can be changed.
        var quote = await QuoteAsync(drita, code);
        Assert.Equal("120.50 ALL", Friend.Amount(quote.Json["amount"]));
        Assert.Equal("qr", (string)quote.Json["kind"]!);
        Assert.DoesNotContain("Hoxha", quote.Text, StringComparison.Ordinal);
        Assert.Equal("400 qr_amount_fixed", Codes(await QuoteAsync(drita, code, "1.00")));
        Assert.Equal("400 qr_code_unknown", Codes(await QuoteAsync(drita, Altered(code))));
        Assert.Equal("400 qr_code_unknown", Codes(await QuoteAsync(drita, "https://example.org/pay")));
        Assert.Equal("422 own_qr_account", (await QuoteAsync(arta, code)).ToString());
        Assert.Equal("422 account_currency_mismatch", (await QuoteAsync(drita, code, from: await scene.OpenAccountAsync(drita.Number, "0.00", "EUR"))).ToString());

        var luan = await scene.FriendAsync("Luan Prifti", "500.00");
        var late = await QuoteAsync(luan, code);
        var paid = await PayAsync(drita, quote, "key-1");
        Assert.Equal((201, "settled"), (paid.Status, (string)paid.Json["state"]!));
        Assert.Equal(paid.Text, (await PayAsync(drita, quote, "key-1")).Text);
        Assert.Equal("409 qr_request_paid", (await PayAsync(luan, late)).ToString());
        Assert.Equal("409 qr_request_paid", (await QuoteAsync(luan, code)).ToString());
        Assert.Equal("paid", (string)(await arta.GetAsync($"smart-pay/requests/{asked.Json["id"]}")).Json["state"]!);

        // Without an amount the payer says how much, any number of times.
        var open = await RequestAsync(arta, face, null);
        var any = (string)open.Json["code"]!;
        Assert.Equal("400 qr_amount_missing", Codes(await QuoteAsync(drita, any)));
        Assert.Equal(201, (await PayAsync(drita, await QuoteAsync(drita, any, "10.00"))).Status);
        Assert.Equal(201, (await PayAsync(luan, await QuoteAsync(luan, any, "20.00"))).Status);
        Assert.Equal(201, (await PayAsync(luan, await QuoteAsync(luan, (string)face.Json["code"]!, "5.00"))).Status);
        Assert.Equal("open", (string)(await arta.GetAsync($"smart-pay/requests/{open.Json["id"]}")).Json["state"]!);

        await scene.IdleAsync();
        Assert.Equal(("155.50 ALL", "369.50 ALL"), (await arta.BalanceAsync(), await drita.BalanceAsync()));
        Assert.Equal(
            ["Luan Prifti 5.00 ALL ", $"Luan Prifti 20.00 ALL {open.Json["id"]}", $"Drita Kola 10.00 ALL {open.Json["id"]}", $"Drita Kola 120.50 ALL {asked.Json["id"]}"],
            (await arta.GetAsync("smart-pay/receipts")).Json["items"]!.AsArray().Select(it => $"{it!["payer"]} {Friend.Amount(it["amount"])} {it["qrRequestId"]}"));
        var listed = await arta.GetAsync("smart-pay/requests?limit=1");
        Assert.Equal((string)open.Json["id"]!, (string)listed.Json["items"]!.AsArray().Single()!["id"]!);
        Assert.Equal((string)asked.Json["id"]!, (string)(await arta.GetAsync($"smart-pay/requests?limit=1&cursor={Uri.EscapeDataString((string)listed.Json["nextCursor"]!)}")).Json["items"]!.AsArray().Single()!["id"]!);
        Assert.Contains(await arta.PushesAsync(), push => push.Contains("120.50", StringComparison.Ordinal));
    }

    [Fact, Requirement("QR-24"), Requirement("QR-26"), Requirement("QR-28")]
    public async Task Deleting_a_QR_account_cancels_what_it_asks_for_and_refuses_its_codes()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "500.00"));
        var face = await OpenAsync(arta, arta.Account);
        var (asked, open) = (await RequestAsync(arta, face, "1.00"), await RequestAsync(arta, face, null));
        var (first, second) = (await QuoteAsync(drita, (string)asked.Json["code"]!), await QuoteAsync(drita, (string)open.Json["code"]!, "2.00"));
        var third = await QuoteAsync(drita, (string)face.Json["code"]!, "3.00");
        Assert.Equal(201, (await PayAsync(drita, third, "before")).Status);

        Assert.Equal(200, (await arta.CallAsync("DELETE", $"smart-pay/qr-accounts/{face.Json["id"]}")).Status);

        Assert.Equal("409 qr_account_deleted", (await PayAsync(drita, first)).ToString());
        Assert.Equal("409 qr_account_deleted", (await PayAsync(drita, second)).ToString());
        Assert.Equal("409 qr_account_deleted", (await QuoteAsync(drita, (string)face.Json["code"]!, "1.00")).ToString());
        Assert.Equal("409 qr_account_deleted", (await RequestAsync(arta, face, "1.00")).ToString());
        Assert.Equal(201, (await PayAsync(drita, third, "before")).Status);
        Assert.Equal(["cancelled", "cancelled"], (await arta.GetAsync("smart-pay/requests")).Json["items"]!.AsArray().Select(it => (string)it!["state"]!));
        Assert.Equal("497.00 ALL", await drita.BalanceAsync());
    }

    [Fact, Requirement("QR-26")]
    public async Task A_payment_that_cannot_be_made_leaves_the_request_open_for_another()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "100.00"));
        var asked = await RequestAsync(arta, await OpenAsync(arta, arta.Account), "80.00");
        var quote = await QuoteAsync(drita, (string)asked.Json["code"]!);
        var luan = await scene.FriendAsync("Luan Prifti", "0.00");
        var other = await OpenAsync(luan, luan.Account);
        Assert.Equal(201, (await PayAsync(drita, await QuoteAsync(drita, (string)other.Json["code"]!, "50.00"))).Status);

        Assert.Equal("422 insufficient_funds", (await PayAsync(drita, quote, "key-1")).ToString());
        Assert.Equal("open", (string)(await arta.GetAsync($"smart-pay/requests/{asked.Json["id"]}")).Json["state"]!);
        await scene.DepositAsync(drita.Account, "100.00");
        Assert.Equal(201, (await PayAsync(drita, quote, "key-1")).Status);
        Assert.Equal("80.00 ALL", await arta.BalanceAsync());
    }

    [Fact, ProvesRace("Qr_Pay"), Requirement("QR-26")]
    public async Task A_code_with_an_amount_is_paid_once_by_one_key_and_by_several_payers()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var face = await OpenAsync(arta, arta.Account);
        var (ofDrita, ofLuan) = (await drita.ClientAsync(), await luan.ClientAsync());
        var first = (string)(await RequestAsync(arta, face, "100.00")).Json["code"]!;
        await RaceHarness.SameKeyAsync(RaceCall.Post(ofDrita, "api/v1/smart-pay/payments", Body(await QuoteAsync(drita, first))), () => PaidAsync(0));

        var second = (string)(await RequestAsync(arta, face, "100.00")).Json["code"]!;
        var (here, there) = (Body(await QuoteAsync(drita, second)), Body(await QuoteAsync(luan, second)));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 8).Select(i => RaceCall.Post(i % 2 == 0 ? ofDrita : ofLuan, "api/v1/smart-pay/payments", i % 2 == 0 ? here : there))],
            () => PaidAsync(1), "409 qr_request_being_paid", "409 qr_request_paid");

        var third = (string)face.Json["code"]!;
        (here, there) = (Body(await QuoteAsync(drita, third, "100.00")), Body(await QuoteAsync(drita, (string)(await RequestAsync(arta, face, "100.00")).Json["code"]!)));
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(ofDrita, "api/v1/smart-pay/payments", here), there, () => PaidAsync(2));

        async Task<int> PaidAsync(int before)
        {
            var left = await Task.WhenAll(drita.BalanceAsync(), luan.BalanceAsync());
            var received = Whole(await arta.BalanceAsync());
            Assert.Equal(2000 - left.Sum(Whole), received);
            return (received / 100) - before;
        }

        static int Whole(string balance) => (int)decimal.Parse(balance.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact, ProvesRace("Qr_OpenAccount"), ProvesRace("Qr_Request"), ProvesRace("Qr_DescribeAccount"), ProvesRace("Qr_DeleteAccount")]
    public async Task QR_accounts_and_requests_are_made_once_by_one_key_and_deleted_by_many()
    {
        var arta = await scene.FriendAsync("Arta Hoxha", "0.00");
        var client = await arta.ClientAsync();
        var body = new JsonObject { ["accountId"] = arta.Account }.ToJsonString();
        var opened = await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/smart-pay/qr-accounts", body), CountAsync);
        await RaceHarness.SameCallAsync(new RaceCall(client, HttpMethod.Delete, $"api/v1/smart-pay/qr-accounts/{opened.Json["id"]}"), async () => await CountAsync() == 0 ? 1 : 0);
        var again = await RaceHarness.OneShotAsync([.. Enumerable.Repeat(RaceCall.Post(client, "api/v1/smart-pay/qr-accounts", body), 6)], CountAsync, "409 qr_account_exists");

        var description = $"api/v1/smart-pay/qr-accounts/{again.Json["id"]}/description";
        await RaceHarness.LastOneStaysAsync(
            [.. new[] { "Nje", "Dy", "Tre" }.Select(text => new RaceCall(client, HttpMethod.Put, description, $$"""{"description":"{{text}}"}"""))],
            async () => (await arta.GetAsync($"smart-pay/qr-accounts/{again.Json["id"]}")).Text);
        var ask = new JsonObject { ["qrAccountId"] = (string)again.Json["id"]!, ["amount"] = Friend.Money("1.00") }.ToJsonString();
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/smart-pay/requests", ask), async () => (await arta.GetAsync("smart-pay/requests")).Json["items"]!.AsArray().Count);

        async Task<int> CountAsync() => (await arta.GetAsync("smart-pay/qr-accounts")).Json["items"]!.AsArray().Count;
    }

    [Fact, Requirement("QR-21"), Requirement("QR-26")]
    public async Task A_SmartPay_session_pays_and_is_paid_and_reaches_nothing_else()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "500.00"));
        var code = (string)(await RequestAsync(arta, await OpenAsync(arta, arta.Account), "20.00")).Json["code"]!;
        var quick = scene.Bank.Client((await scene.Bank.SignIn.RunAsync(new SignInWish(drita.Number, Scope: SessionScope.SmartPay))).Token);

        var overview = await RaceHarness.AtOnceAsync([(new RaceCall(quick, HttpMethod.Get, "api/v1/smart-pay"), null), (new RaceCall(quick, HttpMethod.Get, "api/v1/accounts"), null)]);
        Assert.Equal("403 scope_required", overview[1].ToString());
        var from = (string)overview[0].Json["accounts"]![0]!["id"]!;
        using var asking = await quick.PostAsync("api/v1/smart-pay/payments/quotes", HttpBank.Json(new JsonObject { ["code"] = code, ["fromAccountId"] = from }.ToJsonString()));
        var quote = JsonNode.Parse(await asking.Content.ReadAsStringAsync())!;
        using var order = new HttpRequestMessage(HttpMethod.Post, "api/v1/smart-pay/payments")
        {
            Content = HttpBank.Json(new JsonObject { ["quoteId"] = (string)quote["quoteId"]! }.ToJsonString()),
            Headers = { { "Idempotency-Key", "quick" } },
        };
        using var paid = await quick.SendAsync(order);
        Assert.Equal(201, (int)paid.StatusCode);
        Assert.Equal("20.00 ALL", await arta.BalanceAsync());
    }

    /// <summary>A bank of its own: its clock passes a month.</summary>
    [Fact, Requirement("QR-28")]
    public async Task A_request_with_an_amount_ends_after_thirty_days_and_one_without_does_not()
    {
        await using var own = new FriendsBank();
        await own.InitializeAsync();
        var (arta, drita) = (await own.FriendAsync("Arta Hoxha", "0.00"), await own.FriendAsync("Drita Kola", "500.00"));
        var face = await OpenAsync(arta, arta.Account);
        var (asked, open) = (await RequestAsync(arta, face, "1.00"), await RequestAsync(arta, face, null));

        await own.SleepUntilAsync("2027-03-31T10:05:00Z");
        await Task.WhenAll(arta.SignInAsync(), drita.SignInAsync());
        Assert.Equal("409 qr_request_expired", (await QuoteAsync(drita, (string)asked.Json["code"]!)).ToString());
        await own.FireAsync("SmartPay_Advance");
        await own.FireAsync("SmartPay_Advance");
        Assert.Equal(["open", "expired"], (await arta.GetAsync("smart-pay/requests")).Json["items"]!.AsArray().Select(it => (string)it!["state"]!));
        Assert.Equal(201, (await PayAsync(drita, await QuoteAsync(drita, (string)open.Json["code"]!, "2.00"))).Status);
    }

    private static Task<Answer> OpenAsync(Friend owner, Guid account) => owner.PostAsync("smart-pay/qr-accounts", new JsonObject { ["accountId"] = account });

    private static Task<Answer> RequestAsync(Friend owner, Answer face, string? amount, string currency = "ALL")
    {
        var body = new JsonObject { ["qrAccountId"] = (string)face.Json["id"]! };
        if (amount is not null)
            body["amount"] = Friend.Money(amount, currency);
        return owner.PostAsync("smart-pay/requests", body);
    }

    private static Task<Answer> QuoteAsync(Friend payer, string code, string? amount = null, Guid? from = null)
    {
        var body = new JsonObject { ["code"] = code, ["fromAccountId"] = from ?? payer.Account };
        if (amount is not null)
            body["amount"] = Friend.Money(amount);
        return payer.PostAsync("smart-pay/payments/quotes", body);
    }

    private static Task<Answer> PayAsync(Friend payer, Answer quote, string? key = null) => payer.ConfirmAsync("smart-pay/payments", quote, key);

    private static string Body(Answer quote)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["payAgain"] = true }.ToJsonString();
    }

    private static string Codes(Answer answer) => $"{answer.Status} {string.Join(' ', answer.Json["errors"]?.AsArray().Select(error => (string?)error!["code"]) ?? [(string?)answer.Json["code"]])}";

    /// <summary>Another amount under the same signature.</summary>
    private static string Altered(string code)
    {
        var parts = code.Split('.');
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        claims["a"] = "1.00";
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }

    private static string Path(JsonNode operation) => ((string)operation!)["/api/v1/".Length..];

    private static async Task<string?> ScanAndPayAsync(Friend customer) => (string?)(await customer.GetAsync("transfers/directory")).Json["groups"]!.AsArray().Last()!["unavailable"];
}
