using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.PublicChats;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlikPayments;

/// <summary>eKlik's public pages: newsletter, conversation, fixed content (EKL-15, EKL-22 to EKL-25, EKL-29).</summary>
[Collection(EKlikPaymentsBank.Name)]
public sealed class PublicPageTests(EKlikPaymentsBank scene)
{
    [Fact, Requirement("EKL-22"), Requirement("EKL-29"), ProvesRace("Newsletter_Release")]
    public async Task An_address_is_registered_once_counts_when_its_link_is_opened_and_leaves_by_the_link_of_any_mail()
    {
        const string address = "lajme-22@example.com";
        Assert.Equal("400 invalid_input\n/email email_malformed", (await SubscribeAsync("nobody@nowhere")).ToString());
        Assert.Equal(202, (await SubscribeAsync(address)).Status);
        Assert.Equal(202, (await SubscribeAsync("LAJME-22@example.com")).Status);
        var asked = Assert.Single(await scene.MailsAsync(address));

        // Before the link is opened nothing else is sent.
        await ReleaseAsync("Numri 1");
        Assert.Single(await scene.MailsAsync(address));

        var confirm = LinkOf(asked, "confirmations");
        var page = await scene.Bank.CallAsync("GET", confirm);
        Assert.Contains("<form method=\"post\">", page.Text, StringComparison.Ordinal);
        await ReleaseAsync("Numri 2");
        Assert.Single(await scene.MailsAsync(address));
        Assert.Equal("404 newsletter_link_not_found", (await scene.Bank.CallAsync("POST", confirm[..^1] + (confirm[^1] == '0' ? '1' : '0'))).ToString());
        Assert.Equal(204, (await scene.Bank.CallAsync("POST", confirm)).Status);
        Assert.Equal(204, (await scene.Bank.CallAsync("POST", confirm)).Status);
        Assert.Equal(202, (await SubscribeAsync(address)).Status);
        Assert.Single(await scene.MailsAsync(address));

        using var officer = await scene.Bank.StaffAsync("agent-1", "contact_centre");
        await RaceHarness.SameKeyAsync(RaceCall.Post(officer, "api/backoffice/v1/newsletters", Issue("Numri 3")), async () => await SentAsync(address, "Numri 3"));
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(officer, "api/backoffice/v1/newsletters", Issue("Numri 4")), Issue("Numri 5"),
            async () => await SentAsync(address, "Numri 4") + await SentAsync(address, "Numri 5"));

        var unsubscribe = LinkOf((await scene.MailsAsync(address))[^1], "unsubscriptions");
        Assert.Contains("<form method=\"post\">", (await scene.Bank.CallAsync("GET", unsubscribe)).Text, StringComparison.Ordinal);
        Assert.Equal(204, (await scene.Bank.CallAsync("POST", unsubscribe)).Status);
        Assert.Equal(204, (await scene.Bank.CallAsync("POST", unsubscribe)).Status);
        Assert.Equal("404 newsletter_link_not_found", (await scene.Bank.CallAsync("POST", confirm)).ToString());
        await ReleaseAsync("Numri 6");
        Assert.Equal(0, await SentAsync(address, "Numri 6"));

        // Who comes back confirms anew.
        Assert.Equal(202, (await SubscribeAsync(address)).Status);
        await ReleaseAsync("Numri 7");
        Assert.Equal(0, await SentAsync(address, "Numri 7"));
        Assert.Equal(204, (await scene.Bank.CallAsync("POST", LinkOf((await scene.MailsAsync(address))[^1], "confirmations"))).Status);
        await ReleaseAsync("Numri 8");
        Assert.Equal(1, await SentAsync(address, "Numri 8"));
    }

    [Fact, Requirement("EKL-23"), ProvesRace("PublicChats_Write"), ProvesRace("PublicChats_Answer"), ProvesRace("PublicChats_Close")]
    public async Task A_visitor_talks_to_the_contact_centre_and_only_who_has_the_secret_reads_it()
    {
        var started = await scene.Bank.CallAsync("POST", "public/v1/chats", """{"text":"Si hapet eKlik?","name":"Arta"}""");
        Assert.True(started.Status == 201, started.ToString());
        var (id, secret) = ((string)started.Json["chatId"]!, (string)started.Json["secret"]!);
        var path = $"public/v1/chats/{id}";
        Action<HttpRequestMessage> With(string secret, string? key = null) => request =>
        {
            request.Headers.Add("Chat-Secret", secret);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
        };

        Assert.Equal("404 chat_not_found", (await scene.Bank.CallAsync("GET", path)).ToString());
        Assert.Equal("404 chat_not_found", (await scene.Bank.CallAsync("GET", path, change: With(new string('0', 64)))).ToString());
        Assert.Equal("404 chat_not_found", (await scene.Bank.CallAsync("POST", $"{path}/messages", """{"text":"A?"}""", change: With("guessed", "k1"))).ToString());
        Assert.Equal("404 chat_not_found", (await scene.Bank.CallAsync("GET", $"public/v1/chats/{new string('0', 32)}", change: With(secret))).ToString());

        using var visitor = new HttpClient { BaseAddress = scene.Bank.Host.BaseAddress };
        visitor.DefaultRequestHeaders.Add("Chat-Secret", secret);
        using var agent = await scene.Bank.StaffAsync("agent-1", "contact_centre");
        var known = 1;
        async Task<int> WrittenAsync()
        {
            var now = (await scene.Bank.CallAsync("GET", path, change: With(secret))).Json["messages"]!.AsArray().Count;
            (var written, known) = (now - known, now);
            return written;
        }

        await RaceHarness.SameKeyAsync(RaceCall.Post(visitor, $"api/{path}/messages", """{"text":"Nga shtëpia"}"""), WrittenAsync, callers: 4);
        await RaceHarness.SameKeyAsync(RaceCall.Post(agent, $"api/backoffice/v1/chats/{id}/messages", """{"text":"Me kodin e aktivizimit."}"""), WrittenAsync, callers: 4);
        var open = (await scene.Bank.CallAsync("GET", "backoffice/v1/chats", token: await scene.AgentAsync())).Json["items"]!.AsArray();
        Assert.Contains(id, open.Select(chat => (string?)chat!["id"]));
        Assert.Equal(
            ["1 visitor Si hapet eKlik?", "2 visitor Nga shtëpia", "3 bank Me kodin e aktivizimit."],
            (await scene.Bank.CallAsync("GET", path, change: With(secret))).Json["messages"]!.AsArray().Select(m => $"{m!["number"]} {m["author"]} {m["text"]}"));
        Assert.Equal("answered", (string?)(await scene.Bank.CallAsync("GET", $"backoffice/v1/chats/{id}", token: await scene.AgentAsync())).Json["state"]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            Assert.Equal("closed", (string?)(await scene.Bank.CallAsync("PUT", $"backoffice/v1/chats/{id}/closing", token: await scene.AgentAsync())).Json["state"])));
        Assert.Equal("409 chat_closed", (await scene.Bank.CallAsync("POST", $"{path}/messages", """{"text":"Faleminderit"}""", change: With(secret, "k2"))).ToString());
        Assert.DoesNotContain(id, (await scene.Bank.CallAsync("GET", "backoffice/v1/chats", token: await scene.AgentAsync())).Text, StringComparison.Ordinal);

        // Kept for thirty days, and no longer.
        var erase = scene.Bank.Host.Services.GetRequiredService<EraseChats>();
        await erase.RunAsync(scene.Now + Duration.FromDays(29), CancellationToken.None);
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", path, change: With(secret))).Status);
        await erase.RunAsync(scene.Now + Duration.FromDays(31), CancellationToken.None);
        Assert.Equal("404 chat_not_found", (await scene.Bank.CallAsync("GET", path, change: With(secret))).ToString());

        // One address begins so many in an hour, and no more.
        Answer? last = null;
        for (var i = 0; i < 6 && last is not { Status: 429 }; i++)
            last = await scene.Bank.CallAsync("POST", "public/v1/chats", """{"text":"Përsëri"}""");
        Assert.Equal("429 too_many_requests", last!.ToString());
        Assert.True(last.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact, Requirement("EKL-15"), Requirement("EKL-24"), Requirement("EKL-25")]
    public async Task Help_questions_and_the_cookie_notice_are_served_in_both_languages_with_date_and_version()
    {
        static Action<HttpRequestMessage> In(string language, string? tag = null) => request =>
        {
            request.Headers.Add("Accept-Language", language);
            if (tag is not null)
                request.Headers.Add("If-None-Match", tag);
        };

        var names = (await scene.Bank.CallAsync("GET", "public/v1/eklik/pages", change: In("en"))).Json["items"]!.AsArray().Select(page => (string)page!["name"]!).ToArray();
        Assert.Equal(["cookie-notice", "help", "pay-bills", "pay-customs", "pay-taxes", "questions"], names);
        foreach (var name in names)
        {
            var english = await scene.Bank.CallAsync("GET", $"public/v1/eklik/pages/{name}", change: In("en"));
            var albanian = await scene.Bank.CallAsync("GET", $"public/v1/eklik/pages/{name}", change: In("sq"));
            Assert.NotEqual((string?)english.Json["title"], (string?)albanian.Json["title"]);
            Assert.Equal((string?)english.Json["date"], (string?)albanian.Json["date"]);
            Assert.Equal(english.Json["sections"]!.AsArray().Count, albanian.Json["sections"]!.AsArray().Count);
            var tag = english.Headers.ETag!.ToString();
            Assert.Equal(304, (await scene.Bank.CallAsync("GET", $"public/v1/eklik/pages/{name}", change: In("en", tag))).Status);
            Assert.Equal(200, (await scene.Bank.CallAsync("GET", $"public/v1/eklik/pages/{name}", change: In("sq", tag))).Status);
        }

        var notice = (await scene.Bank.CallAsync("GET", "public/v1/eklik/pages/cookie-notice", change: In("en"))).Json;
        Assert.Equal((string?)notice["date"], (string?)notice["acceptance"]!["value"]);
        Assert.Equal("404 page_not_found", (await scene.Bank.CallAsync("GET", "public/v1/eklik/pages/nothing")).ToString());
    }

    private Task<Answer> SubscribeAsync(string email) => scene.Bank.CallAsync("POST", "public/v1/newsletter/subscriptions", new JsonObject { ["email"] = email }.ToJsonString());

    private static string Issue(string title) => new JsonObject
    {
        ["sq"] = new JsonObject { ["title"] = title, ["text"] = "Lajme" },
        ["en"] = new JsonObject { ["title"] = title, ["text"] = "News" },
    }.ToJsonString();

    private async Task ReleaseAsync(string title)
    {
        var released = await scene.Bank.CallAsync("POST", "backoffice/v1/newsletters", Issue(title), await scene.AgentAsync(), TransferBank.WithKey());
        Assert.True(released.Status == 202, released.ToString());
        await SendAsync();
    }

    private async Task SendAsync()
    {
        await scene.Bank.Host.FireTimerAsync("Newsletter_Send");
        await scene.Bank.WhenIdleAsync();
    }

    private async Task<int> SentAsync(string address, string title)
    {
        await SendAsync();
        return (await scene.MailsAsync(address)).Count(mail => ((string)mail["title"]!).Contains(title, StringComparison.Ordinal));
    }

    /// <summary>Below <c>api/</c>.</summary>
    private static string LinkOf(JsonNode mail, string does)
    {
        var word = ((string)mail["text"]!).Split(' ').Single(word => word.Contains($"/newsletter/{does}/", StringComparison.Ordinal));
        return word[(word.IndexOf("/api/", StringComparison.Ordinal) + 5)..];
    }
}
