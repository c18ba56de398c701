using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Profile;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

[Collection(EnvelopeCollection.Name)]
public sealed class ProfileTests(EnvelopeBank scene)
{
    private const string Address = """{"street":"Rruga e Kavajës 12, Hyrja 3/B","administrativeUnit":"Njësia 7","state":"Shqipëri","city":"Tiranë","postalCode":"1001"}""";

    [Fact, Requirement("PROF-01"), Requirement("PROF-02"), Requirement("PROF-03"), Requirement("PROF-22"), Requirement("PROF-23"), Requirement("PROF-24")]
    public async Task A_picture_is_made_fit_served_by_a_short_link_and_shown_to_who_saved_its_owner()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var contact = await drita.KnowsAsync(arta);

        // PNG of any shape, with a text chunk that names a place: 512 by 512, and the text is gone.
        var uploaded = await UploadAsync(arta, Png(900, 600, "GPS 41.3275 19.8187"));
        Assert.Equal((200, "gallery", false), (uploaded.Status, (string)uploaded.Json["origin"]!, (bool)uploaded.Json["shownToOthers"]!));
        var picture = await FetchAsync((string)uploaded.Json["url"]!);
        Assert.Equal((512, 512), (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20))));
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(picture), StringComparison.Ordinal);

        // JPEG: without its metadata, as large as it must be.
        var jpeg = await UploadAsync(arta, Jpeg(512, "Exif GPS 41.3275"));
        Assert.Equal(200, jpeg.Status);
        var stripped = await FetchAsync((string)jpeg.Json["url"]!);
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(stripped), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xDB], stripped[..4]);

        // As a camera writes it, of any size and held upright: made anew, and then the other one again.
        var camera = await FetchAsync((string)(await UploadAsync(arta, CameraPicture.Jpeg(6, "GPS 41.3275"))).Json["url"]!);
        Assert.Equal((512, 512), (BinaryPrimitives.ReadInt32BigEndian(camera.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(camera.AsSpan(20))));
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(camera), StringComparison.Ordinal);
        jpeg = await UploadAsync(arta, Jpeg(512, "Exif GPS 41.3275"));
        Assert.Equal(stripped, await FetchAsync((string)jpeg.Json["url"]!));

        // The one that was replaced is nobody's any more, whoever kept the link.
        Assert.Equal(404, (await scene.Bank.CallAsync("GET", ((string)uploaded.Json["url"]!)["/api/".Length..])).Status);
        foreach (var (file, refusal) in new[]
        {
            (Jpeg(300, ""), "400 invalid_input\n/image image_dimensions"), ("GIF89a"u8.ToArray(), "400 invalid_input\n/image image_type"), ([], "400 invalid_input\n/image too_short"),
            (Png(5000, 10, ""), "400 invalid_input\n/image image_too_large"), (Png(600, 600, "")[..200], "400 invalid_input\n/image image_type"),
            (Png(8, 8, "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"), "422 image_malicious"),
            (new byte[(5 * 1024 * 1024) + 1], "400 invalid_input\n/image image_too_large"),
        })
        {
            Assert.Equal(refusal, (await UploadAsync(arta, file)).ToString());
        }

        await scene.KnobAsync("scanner", """{"errorRate":1}""");
        Assert.Equal("503 scanner_unavailable", (await UploadAsync(arta, Png(9, 9, ""))).ToString());
        await scene.WellAgainAsync("scanner");

        // Nobody sees it until its owner says so; then who has the number or the account, and nobody else.
        await drita.PostAsync(
            "transfers/phone/quotes", new JsonObject { ["phone"] = arta.Phone, ["fromAccountId"] = drita.Account, ["amount"] = Friend.Money("1.00") });
        Assert.Null((await drita.GetAsync($"network/contacts/{contact}")).Json["pictureUrl"]);
        Assert.Equal(200, (await arta.CallAsync("PUT", "profile/photo/visibility", """{"shownToOthers":true}""")).Status);
        var seen = (await drita.GetAsync($"network/contacts/{contact}")).Json;
        Assert.Equal(stripped, await FetchAsync((string)seen["pictureUrl"]!));
        Assert.Equal("""["send_money","ask_for_money"]""", seen["actions"]!.ToJsonString());

        var (photos, iban) = (scene.Get<Banking.History.ICounterpartyPhotos>(), (string)(await arta.GetAsync($"accounts/{arta.Account}")).Json["iban"]!);
        var party = new Party("Arta Hoxha", iban.Replace(" ", "", StringComparison.Ordinal));
        Assert.NotNull(await photos.FindAsync(CustomerId.Of(drita.Number), party, CancellationToken.None));
        Assert.Null(await photos.FindAsync(CustomerId.Of(luan.Number), party, CancellationToken.None));

        // The network: renamed, removed; a stranger to the bank can be asked for nothing, and the reason says why.
        Assert.Equal("Artka", (string)(await drita.CallAsync("PATCH", $"network/contacts/{contact}", """{"name":"Artka"}""")).Json["name"]!);
        Assert.Equal("404 contact_not_found", (await luan.CallAsync("PATCH", $"network/contacts/{contact}", """{"name":"x"}""")).ToString());
        var stranger = (await drita.AddAsync("Agim", "+355691999001")).Json;
        Assert.Equal("[] not_registered", $"{stranger["actions"]!.ToJsonString()} {stranger["noActions"]}");
        Assert.Equal(204, (await drita.CallAsync("DELETE", $"network/contacts/{stranger["id"]}")).Status);
        Assert.Equal(["Artka"], (await drita.GetAsync("network/contacts")).Json["items"]!.AsArray().Select(it => (string)it!["name"]!));
        Assert.Equal("400 invalid_input\n/phone own_contact_number", (await drita.AddAsync("Vetja", drita.Phone)).ToString());

        // An avatar instead, then none.
        var avatars = (await arta.GetAsync("profile/avatars")).Json["items"]!.AsArray();
        Assert.Contains("<svg", Encoding.UTF8.GetString(await FetchAsync((string)avatars[0]!["url"]!)), StringComparison.Ordinal);
        Assert.Equal("404 avatar_not_found", (await arta.CallAsync("PUT", "profile/avatar", """{"avatarId":"wolf"}""")).ToString());
        Assert.Equal("/api/public/v1/avatars/eagle", (string)(await arta.CallAsync("PUT", "profile/avatar", """{"avatarId":"eagle"}""")).Json["url"]!);
        Assert.Equal("/api/public/v1/avatars/eagle", (string)(await drita.GetAsync($"network/contacts/{contact}")).Json["pictureUrl"]!);
        Assert.Equal(204, (await arta.CallAsync("DELETE", "profile/photo")).Status);
        Assert.Null((await arta.GetAsync("profile")).Json["photo"]!["url"]);
    }

    [Fact, Requirement("PROF-04"), Requirement("PROF-05"), Requirement("PROF-06"), Requirement("PROF-25"), Requirement("AUTH-29")]
    public async Task Address_and_email_are_changed_strongly_and_the_email_by_a_code_to_the_new_one()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        await scene.StaffAsync(
            "PUT", $"customers/{arta.Number}", $$"""{"name":"Arta Hoxha","language":"en","pushToken":"t","phone":"{{arta.Phone}}","email":"old@example.al"}""");
        var before = (await arta.GetAsync("profile")).Json;
        Assert.Equal($"Arta Hoxha {arta.Number} +355…{arta.Phone[^4..]} old@example.al", $"{before["name"]} {before["customerNumber"]} {before["mobile"]} {before["email"]}");
        Assert.Null(before["address"]);

        Assert.Equal(200, (await scene.ConfirmedAsync(arta, "PUT", "profile/address", Address)).Status);
        Assert.Equal(Address, (await arta.GetAsync("profile")).Json["address"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        var faulty = await scene.ConfirmedAsync(
            arta, "PUT", "profile/address", """{"street":"Rruga #12","administrativeUnit":"Njësia 7","state":"Shqipëri","city":"Tiranë!","postalCode":"1001"}""");
        Assert.Equal("400 invalid_input\n/street character_not_allowed\n/city character_not_allowed", faulty.ToString());
        Assert.Equal("#", (string)faulty.Json["errors"]![0]!["character"]!);
        Assert.Equal(
            "400 invalid_input\n/street too_long\n/postalCode required",
            (await arta.CallAsync("PUT", "profile/address", $$"""{"street":"{{new string('x', 34)}}","administrativeUnit":"a","state":"b","city":"c"}""")).ToString());

        foreach (var wrong in new[] { "arta", "arta@", "arta@bank", "a b@bank.al", "arta!@bank.al", "@bank.al" })
            Assert.Equal("400 invalid_input\n/email email_invalid", (await scene.ConfirmedAsync(arta, "POST", "profile/email-changes", $$"""{"email":"{{wrong}}"}""", Key())).ToString());
        Assert.Equal(
            "400 invalid_input\n/email too_long", (await arta.PostAsync("profile/email-changes", new JsonObject { ["email"] = new string('x', 30) + "@b.al" })).ToString());

        // Unconfirmed nothing begins: no code goes anywhere, and the address stays as it is.
        Assert.Equal("403 confirmation_required", (await scene.UnconfirmedAsync(arta, "POST", "profile/email-changes", """{"email":"thief@example.al"}""")).ToString());
        Assert.Equal("403 confirmation_required", (await scene.UnconfirmedAsync(arta, "PUT", "profile/address", Address.Replace("1001", "1002", StringComparison.Ordinal))).ToString());
        Assert.DoesNotContain(await scene.InboxAsync("email"), mail => (string)mail["to"]! == "thief@example.al");
        Assert.Equal("1001 old@example.al", (await arta.GetAsync("profile")).Json is var untouched ? $"{untouched["address"]!["postalCode"]} {untouched["email"]}" : "");

        // A code to the new address; the old one is in force until it has come back.
        var key = Key();
        var begun = await scene.ConfirmedAsync(arta, "POST", "profile/email-changes", """{"email":"arta_new+1@example.al"}""", key);
        Assert.Equal(201, begun.Status);
        var code = await CodeAsync("arta_new+1@example.al");
        var change = $"profile/email-changes/{begun.Json["id"]}/code";
        Assert.Equal("old@example.al", (string)(await arta.GetAsync("profile")).Json["email"]!);
        Assert.Equal("422 email_code_wrong", (await arta.CallAsync("PUT", change, Code(code == "000000" ? "000001" : "000000"))).ToString());
        var stranger = await scene.FriendAsync("Drita Kola");
        Assert.Equal("404 email_change_not_found", (await stranger.CallAsync("PUT", change, Code(code))).ToString());
        Assert.Equal("""{"email":"arta_new+1@example.al"}""", Plus(await arta.CallAsync("PUT", change, Code(code))));
        Assert.Equal("""{"email":"arta_new+1@example.al"}""", Plus(await arta.CallAsync("PUT", change, Code(code))));
        Assert.Equal("arta_new+1@example.al", (string)(await arta.GetAsync("profile")).Json["email"]!);
        var notice = Assert.Single(await scene.InboxAsync("email"), mail => (string)mail["to"]! == "old@example.al");
        Assert.Contains("a…@example.al", (string)notice["text"]!, StringComparison.Ordinal);
        Assert.Equal(["email_changed", "address_changed"], (await scene.AuditAsync($"customer/{arta.Number}")).Where(a => a.EndsWith("_changed", StringComparison.Ordinal)));

        // Five wrong codes end a change; ten minutes end it too.
        var second = await scene.ConfirmedAsync(arta, "POST", "profile/email-changes", """{"email":"third@example.al"}""", Key());
        var good = await CodeAsync("third@example.al");
        for (var i = 0; i < 5; i++)
            await arta.CallAsync("PUT", $"profile/email-changes/{second.Json["id"]}/code", Code(good == "111111" ? "222222" : "111111"));
        Assert.Equal("409 email_change_expired", (await arta.CallAsync("PUT", $"profile/email-changes/{second.Json["id"]}/code", Code(good))).ToString());
        var third = await scene.ConfirmedAsync(arta, "POST", "profile/email-changes", """{"email":"fourth@example.al"}""", Key());
        var late = await CodeAsync("fourth@example.al");
        await scene.SleepUntilAsync(NotificationTests.In(scene, minutes: 10));
        await arta.SignInAsync();
        Assert.Equal("409 email_change_expired", (await arta.CallAsync("PUT", $"profile/email-changes/{third.Json["id"]}/code", Code(late))).ToString());
        Assert.Equal("arta_new+1@example.al", (string)(await arta.GetAsync("profile")).Json["email"]!);
    }

    [Fact, Requirement("PROF-08"), Requirement("PROF-21")]
    public async Task Interest_earned_in_a_year_and_the_terms_in_two_sets()
    {
        var arta = await scene.FriendAsync("Arta Hoxha", "0.00");
        var euros = await scene.OpenAccountAsync(arta.Number, "0.00", "EUR");
        await PayInterestAsync(arta.Account, "120.50", "ALL", new(2027, 1, 31));
        await PayInterestAsync(arta.Account, "119.50", "ALL", new(2027, 2, 28));
        await PayInterestAsync(arta.Account, "99.00", "ALL", new(2026, 12, 31));
        await PayInterestAsync(euros, "3.20", "EUR", new(2027, 2, 28));
        await scene.DepositAsync(euros, "500.00", "EUR");

        var now = (await arta.GetAsync("profile/income-statement")).Json;
        Assert.Equal(2027, (int)now["year"]!);
        Assert.Equal(
            ["current ALL 240.00 2027-01-31 2027-02-28", "current EUR 3.20 2027-02-28 2027-02-28"],
            now["products"]!.AsArray().Select(p => $"{p!["type"]} {p["currency"]} {p["interestEarned"]!["amount"]} {p["from"]} {p["to"]}").Order(StringComparer.Ordinal));
        Assert.All(now["products"]!.AsArray(), p => Assert.StartsWith("AL", (string)p!["number"]!, StringComparison.Ordinal));
        Assert.Equal(["240.00 ALL", "3.20 EUR"], now["totals"]!.AsArray().Select(Friend.Amount).Order(StringComparer.Ordinal));
        Assert.Equal("99.00 ALL", Friend.Amount((await arta.GetAsync("profile/income-statement?year=2026")).Json["totals"]![0]));
        Assert.Empty((await arta.GetAsync("profile/income-statement?year=2025")).Json["products"]!.AsArray());

        var terms = (await scene.Bank.CallAsync("GET", "public/v1/terms", change: r => r.Headers.Add("Accept-Language", "sq"))).Json;
        Assert.Equal("Kushtet e shërbimeve bankare për individë", (string)terms["individual"]![0]!["title"]!);
        foreach (var set in new[] { "individual", "business" })
            Assert.StartsWith("%PDF", Encoding.Latin1.GetString(await FetchAsync((string)terms[set]![0]!["url"]!)), StringComparison.Ordinal);
        Assert.Equal("404 terms_not_found", (await scene.Bank.CallAsync("GET", "public/v1/terms/none")).ToString());
    }

    [Fact, ProvesRace("Profile_UploadPhoto"), ProvesRace("Profile_RemovePhoto"), ProvesRace("Profile_ShowPhoto"), ProvesRace("Profile_ChooseAvatar"),
     ProvesRace("Profile_SaveAddress"), ProvesRace("Profile_ChangeEmail"), ProvesRace("Profile_ConfirmEmail"), ProvesRace("Network_RenameContact"),
     ProvesRace("Calendar_SetDay"), ProvesRace("Calendar_ResetDay")]
    public async Task Changes_of_a_profile_raced_with_themselves_leave_one_of_them_whole()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (client, staff) = (await arta.ClientAsync(), await scene.Bank.StaffAsync());
        RaceCall Put(string path, string json) => new(client, HttpMethod.Put, $"api/v1/profile/{path}", json);
        var photo = new JsonObject { ["image"] = Convert.ToBase64String(Png(600, 600, "")), ["origin"] = "camera" }.ToJsonString();

        // A photo and an avatar at the same moment: one of them, never both.
        await RaceHarness.AtOnceAsync(
            [.. Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? Put("photo", photo) : Put("avatar", """{"avatarId":"sun"}"""), (string?)null))]);
        var left = (await arta.GetAsync("profile")).Json["photo"]!;
        Assert.True(left["avatarId"] is null != left["origin"] is null, left.ToJsonString());
        await RaceHarness.SameCallAsync(Put("photo/visibility", """{"shownToOthers":true}"""), () => Task.FromResult(1));
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, "api/v1/profile/photo"), async () => (await arta.GetAsync("profile")).Json["photo"]!["url"] is null ? 1 : 0);

        var addresses = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => scene.ConfirmedAsync(arta, "PUT", "profile/address", Address.Replace("1001", $"100{i}", StringComparison.Ordinal))));
        var kept = (await arta.GetAsync("profile")).Json["address"]!["postalCode"]!.ToString();
        Assert.Contains(kept, addresses.Select(answer => (string)answer.Json["postalCode"]!));

        var key = Key();
        var changes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.ConfirmedAsync(arta, "POST", "profile/email-changes", """{"email":"race_e@example.al"}""", key)));
        Assert.Single(changes.Select(answer => answer.Text).Distinct());
        var code = await CodeAsync("race_e@example.al");
        await RaceHarness.SameCallAsync(
            Put($"email-changes/{changes[0].Json["id"]}/code", Code(code)), async () => (await arta.GetAsync("profile")).Json["email"]!.ToString() == "race_e@example.al" ? 1 : 0);

        var contact = await arta.KnowsAsync(drita);
        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(0, 6).Select(i => new RaceCall(client, HttpMethod.Patch, $"api/v1/network/contacts/{contact}", $$"""{"name":"D{{i}}"}"""))],
            () => client.GetStringAsync($"api/v1/network/contacts/{contact}"));
        var day = "api/backoffice/v1/calendar/2028-05-05";
        await RaceHarness.SameCallAsync(new RaceCall(staff, HttpMethod.Put, day, """{"name":"Ditë"}"""), () => Task.FromResult(1));
        await RaceHarness.SameCallAsync(new RaceCall(staff, HttpMethod.Delete, day), () => Task.FromResult(1));
    }

    private Task<Answer> UploadAsync(Friend friend, byte[] file) =>
        friend.CallAsync("PUT", "profile/photo", new JsonObject { ["image"] = Convert.ToBase64String(file), ["origin"] = "gallery" }.ToJsonString());

    private Task<byte[]> FetchAsync(string url) => scene.Bank.Anonymous.GetByteArrayAsync(url.TrimStart('/'));

    private async Task PayInterestAsync(Guid account, string amount, string currency, NodaTime.LocalDate on)
    {
        var money = Money.Find(amount, Currency.Of(currency))!;
        var transaction = TransactionId.Derive("interest", account.ToString("N"), on.ToString());
        var journal = new Journal(
            transaction, FindIncome.InterestKind, [Leg.Debit(new BankAccount("interest/savings", money.Currency), money), Leg.Credit(new AccountId(account), money)], "Interesa", on,
            transaction.ToString());
        var posted = await scene.Get<PostJournal>().RunAsync(journal, CancellationToken.None);
        Assert.True(posted.IsSuccess);
    }

    /// <summary>The six digits that the newest e-mail to this address brings.</summary>
    private async Task<string> CodeAsync(string to) => ((string)(await scene.InboxAsync("email")).Last(mail => (string)mail["to"]! == to)["text"]!)[..6];

    private static string Code(string code) => $$"""{"code":"{{code}}"}""";

    private static string Key() => Guid.NewGuid().ToString("N");

    private static string Plus(Answer answer) => answer.Text.Replace("\\u002B", "+", StringComparison.Ordinal);

    /// <summary>Two colours, one above the other.</summary>
    private static byte[] Png(int width, int height, string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zip.WriteByte(0);
                zip.Write(Enumerable.Repeat(y < height / 2 ? (byte)200 : (byte)30, width * 3).ToArray());
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, body) in new[] { ("IHDR", head), ("tEXt", Encoding.Latin1.GetBytes($"Comment\0{text}")), ("IDAT", packed.ToArray()), ("IEND", []) })
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
            file.Write([.. length, .. Encoding.ASCII.GetBytes(type), .. body, 0, 0, 0, 0]);
        }

        return file.ToArray();
    }

    /// <summary>The markers of a JPEG: metadata, a table, a frame, a scan of nothing in particular, and something after the end.</summary>
    private static byte[] Jpeg(int side, string metadata)
    {
        static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];
        var (high, low) = ((byte)(side >> 8), (byte)side);
        return
        [
            0xFF, 0xD8, .. Segment(0xE1, Encoding.ASCII.GetBytes(metadata)), .. Segment(0xFE, "GPS comment"u8.ToArray()), .. Segment(0xDB, new byte[65]),
            .. Segment(0xC0, [8, high, low, high, low, 1, 1, 0x11, 0]), .. Segment(0xC4, new byte[20]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            1, 2, 3, 0xFF, 0, 4, 0xFF, 0xD0, 5, 0xFF, 0xD9, .. "GPS after the end"u8,
        ];
    }
}
