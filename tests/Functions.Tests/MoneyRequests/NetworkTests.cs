using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.MoneyRequests;

public sealed class NetworkTests(NetworkTests.Bank scene) : IClassFixture<NetworkTests.Bank>
{
    public sealed class Bank : FriendsBank
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings["Network:ChecksPerDay"] = "8";
    }

    [Fact, Requirement("REQ-01")]
    public async Task The_network_lists_the_callers_own_contacts_with_what_can_be_done_with_them()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        Assert.Empty((await arta.GetAsync("network/contacts")).Json["items"]!.AsArray());
        await arta.KnowsAsync(drita, "Dritka");
        await arta.AddAsync("Agim", "+355691000001");

        Assert.Equal(
            [
                "Agim +355691000001 registered False, requests allowed, picture none, can ",
                $"Dritka {drita.Phone} registered True, requests allowed, picture none, can send_money,ask_for_money",
            ],
            await SeeAsync(arta));
        Assert.Empty((await drita.GetAsync("network/contacts")).Json["items"]!.AsArray());
    }

    [Fact, Requirement("REQ-02")]
    public async Task The_same_number_however_written_is_one_contact_with_its_first_name()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");

        var first = await arta.AddAsync("Beni", "+355 69 100 0002");
        var second = await arta.AddAsync("Ben", "069 100 0002");

        Assert.Equal(201, first.Status);
        Assert.Equal(first.Text, second.Text);
        Assert.Single((await arta.GetAsync("network/contacts")).Json["items"]!.AsArray());
    }

    [Theory, Requirement("REQ-02")]
    [InlineData("12345")]
    [InlineData("+355")]
    [InlineData("phone")]
    [InlineData("+0691234567")]
    public async Task A_malformed_number_is_refused(string phone)
    {
        var arta = await scene.FriendAsync("Arta Hoxha");

        Assert.Equal("400 invalid_input\n/phone phone_number_malformed", (await arta.AddAsync("Beni", phone)).ToString());
    }

    [Fact, Requirement("REQ-02")]
    public async Task Ones_own_number_is_no_contact()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");

        Assert.Equal("400 invalid_input\n/phone own_contact_number", (await arta.AddAsync("Vetja", arta.Phone)).ToString());
    }

    [Fact, Requirement("REQ-02")]
    public async Task The_same_key_for_another_contact_is_refused()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        await arta.AddAsync("Beni", "+355691000003", "key-1");

        Assert.Equal("422 idempotency_key_reused", (await arta.AddAsync("Genti", "+355691000004", "key-1")).ToString());
        Assert.Equal(201, (await arta.AddAsync("Beni", "+355691000003", "key-1")).Status);
    }

    [Fact, Requirement("REQ-03")]
    public async Task A_group_holds_those_who_are_with_the_bank_and_says_why_the_others_are_not()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var (ofDrita, ofLuan) = (await arta.KnowsAsync(drita), await arta.KnowsAsync(luan));
        var stranger = (string)(await arta.AddAsync("Agim", "+355691000005")).Json["id"]!;
        var nobody = Guid.NewGuid().ToString();

        var group = await arta.PostAsync(
            "network/groups", new JsonObject { ["contactIds"] = new JsonArray(ofLuan.ToString(), stranger, ofDrita.ToString(), nobody) });

        Assert.Equal(["Luan Prifti", "Drita Kola"], group.Json["members"]!.AsArray().Select(it => (string)it!["name"]!));
        Assert.All(group.Json["members"]!.AsArray(), it => Assert.Equal("""["send_money","ask_for_money"]""", it!["actions"]!.ToJsonString()));
        Assert.Equal(
            ["Agim contact_not_registered", " contact_not_found"], group.Json["others"]!.AsArray().Select(it => $"{it!["name"]} {it["reason"]}"));
    }

    [Fact, Requirement("REQ-05")]
    public async Task Requests_of_a_contact_are_allowed_until_blocked_and_again_when_allowed()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);

        var blocked = await arta.CallAsync("PUT", $"network/contacts/{contact}/requests", """{"requests":"blocked"}""");
        Assert.Equal("blocked", (string)blocked.Json["requests"]!);
        Assert.Equal("blocked", (string)(await arta.GetAsync($"network/contacts/{contact}")).Json["requests"]!);
        Assert.EndsWith("requests blocked, picture none, can send_money,ask_for_money", Assert.Single(await SeeAsync(arta)), StringComparison.Ordinal);

        await arta.CallAsync("PUT", $"network/contacts/{contact}/requests", """{"requests":"allowed"}""");
        Assert.Equal("allowed", (string)(await arta.GetAsync($"network/contacts/{contact}")).Json["requests"]!);
        Assert.Equal(
            "400 invalid_input\n/requests unknown_code", (await arta.CallAsync("PUT", $"network/contacts/{contact}/requests", """{"requests":"muted"}""")).ToString());
    }

    [Fact, Requirement("REQ-17")]
    public async Task A_removed_contact_is_gone_and_its_block_is_still_there_when_it_comes_back()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        await arta.CallAsync("PUT", $"network/contacts/{contact}/requests", """{"requests":"blocked"}""");

        Assert.Equal(204, (await arta.CallAsync("DELETE", $"network/contacts/{contact}")).Status);
        Assert.Equal("404 contact_not_found", (await arta.CallAsync("DELETE", $"network/contacts/{contact}")).ToString());
        Assert.Equal("404 contact_not_found", (await arta.GetAsync($"network/contacts/{contact}")).ToString());

        Assert.Equal(contact, await arta.KnowsAsync(drita, "Drita prape"));
        Assert.Equal("blocked", (string)(await arta.GetAsync($"network/contacts/{contact}")).Json["requests"]!);
    }

    [Fact, Requirement("REQ-01"), Requirement("REQ-17")]
    public async Task Somebody_elses_contact_is_not_found()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);

        Assert.Equal("404 contact_not_found", (await drita.GetAsync($"network/contacts/{contact}")).ToString());
        Assert.Equal("404 contact_not_found", (await drita.CallAsync("DELETE", $"network/contacts/{contact}")).ToString());
        Assert.Equal("404 contact_not_found", (await drita.CallAsync("PUT", $"network/contacts/{contact}/requests", """{"requests":"blocked"}""")).ToString());
    }

    [Fact, Requirement("REQ-19")]
    public async Task Checks_of_numbers_are_counted_and_written_down_and_tell_no_name_of_the_banks()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita, "Fqinja");
        for (var i = 0; i < 7; i++)
            Assert.Equal(201, (await arta.AddAsync($"Numri {i}", $"+35569200000{i}")).Status);

        var refused = await arta.AddAsync("Numri i fundit", "+355692000009");

        Assert.Equal("429 too_many_requests", refused.ToString());
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.FromMinutes(1));
        var list = (await arta.GetAsync("network/contacts")).Text;
        Assert.DoesNotContain("Kola", list, StringComparison.Ordinal);
        Assert.DoesNotContain(drita.Number, list, StringComparison.Ordinal);
        Assert.DoesNotContain(drita.Account.ToString(), list, StringComparison.Ordinal);
        var auditor = await scene.Bank.TokenAsync(new() { ["staff"] = "auditor-1", ["roles"] = "audit ledger" });
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?actor={arta.Number}&limit=100", token: auditor);
        Assert.Equal(8, trail.Json["items"]!.AsArray().Count(it => it!.ToJsonString().Contains("number_checked", StringComparison.Ordinal)));
        Assert.Contains($"contact/{contact}", trail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(drita.Phone, trail.Text, StringComparison.Ordinal);
    }

    private static async Task<string[]> SeeAsync(Friend friend) => [.. (await friend.GetAsync("network/contacts")).Json["items"]!.AsArray().Select(it =>
        $"{it!["name"]} {it["phone"]} registered {(bool)it["isRegistered"]!}, requests {it["requests"]}, picture {it["pictureUrl"]?.ToString() ?? "none"}, can {string.Join(',', it["actions"]!.AsArray())}")];
}
