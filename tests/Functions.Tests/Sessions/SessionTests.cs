using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Sessions;

public sealed class SessionTests(SignInBank scene) : IClassFixture<SignInBank>
{
    [Fact, Requirement("AUTH-25"), Requirement("LIFE-15")]
    public async Task A_session_lives_by_refreshing_and_ends_one_second_after_five_idle_minutes()
    {
        var (arta, besa) = (await scene.SignInAsync(await scene.RegisterAsync()), await scene.SignInAsync(await scene.RegisterAsync()));
        using var standstill = scene.Bank.Host.Clock.Stop();
        Assert.Equal(200, (await arta.GetAsync()).Status);

        // The access token is five minutes long to the second; five idle minutes are not too many.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5) - (scene.Now - Issued(arta)));
        Assert.Equal("401 token_expired", (await arta.GetAsync()).ToString());
        Assert.Equal(200, (await arta.RefreshAsync()).Status);
        Assert.Equal(200, (await arta.GetAsync()).Status);
        await scene.Bank.WhenIdleAsync();

        // Besa did nothing. Refreshing is no activity, so it does not save her, nor anybody who only refreshes.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1) - (scene.Now - Issued(besa)));
        Assert.Equal("401 session_idle", (await besa.RefreshAsync()).ToString());
        Assert.Equal(200, (await arta.GetAsync()).Status);
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(40));
        Assert.Equal(200, (await arta.RefreshAsync()).Status);
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(21));
        Assert.Equal("401 session_idle", (await arta.GetAsync()).ToString());
        Assert.Equal("401 session_idle", (await arta.RefreshAsync()).ToString());
    }

    [Fact, Requirement("AUTH-03"), Requirement("AUTH-25")]
    public async Task A_new_login_in_the_app_answers_the_first_screen_and_ends_the_old_one_and_leaves_the_browser()
    {
        var number = await scene.RegisterAsync();
        var web = await scene.SignInAsync(number, channel: "web");
        var old = await scene.SignInAsync(number);
        Assert.Equal(
            $$"""
            {"customerNumber":"{{number}}","name":"Arta Hoxha","photoUrl":null,"mayPay":true,"deviceTrusted":false,"offerTrust":false,"counters":{"openRequests":0,"openMoneyRequests":0,"unreadNotifications":0,"pendingApprovals":0},
            "menu":[{"place":"avatar_icon","item":"profile","items":[]},{"place":"message_icon","item":"notifications_and_requests","items":[]},
            {"place":"bottom_row","item":"my_finances","items":["summary","history","budget"]},{"place":"bottom_row","item":"payments_and_transfers","items":[]},{"place":"bottom_row","item":"products","items":[]}]}
            """.ReplaceLineEndings(""),
            Screen(old));
        Assert.Equal(200, (await old.CallAsync("PUT", "v1/profile/avatar", new JsonObject { ["avatarId"] = "eagle" })).Status);
        Assert.Equal(201, (await old.CallAsync("POST", "v1/requests", new JsonObject { ["type"] = "complaint", ["details"] = "Bankomati nuk punon." })).Status);
        await scene.Bank.WhenIdleAsync();

        var young = await scene.SignInAsync(number);

        Assert.Equal(
            ("/api/public/v1/avatars/eagle", (await young.GetAsync("v1/hub")).Text, 1),
            ((string?)young.Home["photoUrl"], young.Home["counters"]!.ToJsonString(), (int)young.Home["counters"]!["openRequests"]!));

        var refused = await old.GetAsync();
        Assert.Equal("401 session_replaced", refused.ToString());
        Assert.Equal("Bearer error=\"invalid_token\", error_description=\"session_replaced\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal("401 session_replaced", (await old.RefreshAsync()).ToString());
        Assert.Equal(200, (await young.GetAsync()).Status);
        Assert.Equal(200, (await web.GetAsync()).Status);
        Assert.Equal(200, (await web.RefreshAsync()).Status);
    }

    [Fact, Requirement("AUTH-25")]
    public async Task A_refresh_token_is_good_once_and_only_in_the_hands_of_its_device()
    {
        var arta = await scene.SignInAsync(await scene.RegisterAsync());
        var first = arta.RefreshToken;
        var stranger = new TestDevice();

        Assert.Equal("401 refresh_token_invalid", (await arta.RefreshAsync(first, installation: stranger.Id.Value)).ToString());
        Assert.Equal("401 refresh_proof_invalid", (await arta.RefreshAsync(first, proof: "")).ToString());
        Assert.Equal("401 refresh_proof_invalid", (await arta.RefreshAsync(first, proof: stranger.Refreshing(first, scene.Now))).ToString());
        Assert.Equal("401 refresh_proof_invalid", (await arta.RefreshAsync(first, proof: arta.Device.Refreshing("another token", scene.Now))).ToString());
        foreach (var seconds in new[] { -65, 65 })
            Assert.Equal("401 refresh_proof_invalid", (await arta.RefreshAsync(first, proof: arta.Device.Refreshing(first, scene.Now.AddSeconds(seconds)))).ToString());
        Assert.Equal("401 refresh_token_invalid", (await arta.RefreshAsync($"{first[..^2]}AA")).ToString());
        Assert.Equal("401 refresh_token_invalid", (await arta.RefreshAsync("nonsense")).ToString());

        // A phone's clock may be wrong by less than a minute; a lost answer is given again to the same order.
        var renewed = await arta.RefreshAsync(first, "refresh-1", proof: arta.Device.Refreshing(first, scene.Now.AddSeconds(-55)));
        Assert.Equal(200, renewed.Status);
        Assert.Equal("no-store", renewed.Headers.CacheControl?.ToString());
        Assert.Equal((string?)renewed.Json["refreshToken"], (string?)(await arta.RefreshAsync(first, "refresh-1")).Json["refreshToken"]);

        // Anybody else with the old token has a copy: nobody can use the session any more.
        Assert.Equal("401 session_refresh_reused", (await arta.RefreshAsync(first)).ToString());
        Assert.Equal("401 session_refresh_reused", (await arta.RefreshAsync((string)renewed.Json["refreshToken"]!)).ToString());
        Assert.Equal("401 session_refresh_reused", (await arta.GetAsync()).ToString());

        // The trail has it once, however often the copies are tried.
        Assert.Equal("401 session_refresh_reused", (await arta.RefreshAsync(first)).ToString());
        var ended = Assert.Single(await scene.AuditAsync($"customer/{arta.Number}/session/{Part(arta.Token, 1)["sid"]}"))!;
        Assert.Equal("session_ended app refresh_reused", $"{ended["action"]} {ended["before"]} {ended["after"]}");
    }

    [Fact, Requirement("LIFE-01")]
    public async Task Signing_out_ends_the_tokens_at_once_and_twice_is_once()
    {
        var number = await scene.RegisterAsync();
        var arta = await scene.SignInAsync(number);

        Assert.Equal(204, (await arta.SignOutAsync()).Status);
        Assert.Equal(204, (await arta.SignOutAsync()).Status);

        Assert.Equal("401 session_ended", (await arta.GetAsync()).ToString());
        Assert.Equal("401 session_ended", (await arta.RefreshAsync()).ToString());
        Assert.Equal(200, (await (await scene.SignInAsync(number, arta.Device)).GetAsync()).Status);
    }

    [Fact, Requirement("AUTH-20"), Requirement("LIFE-09")]
    public async Task One_password_opens_app_and_Internet_Branch_and_a_change_counts_in_both_at_once()
    {
        const string fresh = "Dimri2026y";
        var number = await scene.RegisterAsync();
        var (app, web) = (await scene.SignInAsync(number), await scene.SignInAsync(number, channel: "web"));
        var change = new PasswordChange(CustomerId.Of(number), fresh, "/password", PasswordChangeReason.Changed, "change-1", AuditActor.Customer(CustomerId.Of(number)));

        Assert.True((await scene.Bank.Host.Services.GetRequiredService<SetPassword>().RunAsync(change, CancellationToken.None)).IsSuccess);

        foreach (var visit in new[] { app, web })
            Assert.Equal("401 session_password_changed", (await visit.GetAsync()).ToString());
        foreach (var channel in new[] { "app", "web" })
        {
            Assert.Equal("422 invalid_credentials", (await scene.StartAsync(number, new TestDevice(), channel)).ToString());
            Assert.Equal(200, (await scene.StartAsync(number, new TestDevice(), channel, password: fresh)).Status);
        }
    }

    [Fact, Requirement("AUTH-21")]
    public async Task A_Smart_Pay_session_is_good_for_nothing_else()
    {
        var smart = await scene.SignInAsync(await scene.RegisterAsync(), scope: "smart_pay");

        Assert.EndsWith(
            "\"photoUrl\":null,\"mayPay\":true,\"deviceTrusted\":false,\"offerTrust\":false,\"counters\":null,\"menu\":[{\"place\":\"bottom_row\",\"item\":\"smart_pay\",\"items\":[]}]}", Screen(smart),
            StringComparison.Ordinal);
        Assert.Equal("403 scope_required", (await smart.GetAsync()).ToString());
        Assert.Equal("403 scope_required", (await smart.GetAsync("v1/transfers/directory")).ToString());
        Assert.Equal(200, (await smart.RefreshAsync()).Status);
        Assert.Equal("403 scope_required", (await smart.GetAsync("v1/operations")).ToString());
        Assert.Equal(204, (await smart.SignOutAsync()).Status);
    }

    /// <summary>Whatever is tried from one address counts together; another address is let in.</summary>
    [Fact, Requirement("AUTH-22")]
    public async Task An_address_that_tries_too_often_is_sent_away_for_a_while_wherever_it_tries()
    {
        string[] beginnings = ["login", "login/biometrics", "login/smart-pay", "devices/soft-pin", "devices/remembered", "recoveries", "registrations"];
        for (var i = 0; i < 60; i++)
            Assert.Equal(400, (await TryAsync(beginnings[i % beginnings.Length], "203.0.113.7")).Status);

        foreach (var path in beginnings)
        {
            var refused = await RefusedAsync(path, "203.0.113.7");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
            Assert.Equal(400, (await TryAsync(path, "203.0.113.8")).Status);
        }

        // What goes on with a login is counted apart. A client's own word about its address counts for nothing.
        Assert.Equal(400, (await TryAsync($"login/{Guid.NewGuid()}/code", "203.0.113.7")).Status);
        await RefusedAsync("login", "203.0.113.9, 203.0.113.7");

        // One try comes back each second, so a slow machine may get another one or two in.
        async Task<Answer> RefusedAsync(string path, string address)
        {
            for (var tries = 0; tries < 5; tries++)
            {
                if (await TryAsync(path, address) is { Status: 429 } refused)
                    return refused;
            }

            throw new Xunit.Sdk.XunitException($"{path} was never refused.");
        }
    }

    [Fact]
    public async Task The_keys_of_the_tokens_are_published()
    {
        var arta = await scene.SignInAsync(await scene.RegisterAsync());
        var keys = (await scene.Bank.CallAsync("GET", "public/v1/session-keys")).Json["keys"]!.AsArray();

        Assert.Contains((string?)Part(arta.Token, 0)["kid"], keys.Select(key => (string?)key!["kid"]));
        Assert.All(keys, key => Assert.False(key!.AsObject().ContainsKey("d")));
        Assert.Equal(["iss", "aud", "sub", "sid", "iat", "exp"], Part(arta.Token, 1).Select(claim => claim.Key));
    }

    private Task<Answer> TryAsync(string path, string address) =>
        scene.Bank.CallAsync("POST", $"public/v1/{path}", "{}", change: request => request.Headers.Add("X-Forwarded-For", address));

    /// <summary>What the sign-in answered, but the tokens.</summary>
    private static string Screen(Visit visit)
    {
        var home = visit.Home.DeepClone().AsObject();
        home.Remove("session");
        return home.ToJsonString();
    }

    private static DateTimeOffset Issued(Visit visit) => DateTimeOffset.FromUnixTimeSeconds((long)Part(visit.Token, 1)["iat"]!);

    private static JsonObject Part(string token, int part) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[part]))!.AsObject();
}
