namespace Serverless.Sandbox.Tests;

public sealed class GatewayTests
{
    [Fact]
    public async Task Messages_of_all_channels_reach_the_inbox_newest_first()
    {
        await using var sandbox = await SandboxHost.StartAsync(new ManualTime(new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero)));

        Assert.Equal("""202 {"id":"m-1","status":"accepted"}""", $"{await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1", title: "Faturë e re", link: "bank://invoices/1"))}");
        Assert.Equal(202, (await sandbox.PostAsync("/gateways/sms/messages", Messages.Sms("m-1"))).Status);
        Assert.Equal(202, (await sandbox.PostAsync("/gateways/email/messages", Messages.Email("m-3", "100000002"))).Status);

        Assert.Equal(
            """200 {"messages":[{"id":"m-1","channel":"push","customer":"100000001","to":"token-1","title":"Faturë e re","text":"OSHEE: 950.00 ALL","link":"bank://invoices/1","language":"sq","receivedAt":"2026-01-01T06:00:00.000Z","timesSent":1,"differed":false,"attachments":[]}]}""",
            $"{await sandbox.GetAsync("/inbox/messages?channel=push")}");
        Assert.Equal(["email m-3", "sms m-1", "push m-1"], await sandbox.InboxAsync());
        Assert.Equal(["sms m-1", "push m-1"], await sandbox.InboxAsync("?customer=100000001"));
        Assert.Equal(["sms m-1"], await sandbox.InboxAsync("?customer=100000001&channel=sms"));
        Assert.Empty(await sandbox.InboxAsync("?customer=999999999"));
    }

    [Fact]
    public async Task An_e_mail_brings_its_files_and_nothing_else_may()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        const string file = """[{"name":"NX-1.pdf","contentType":"application/pdf","content":"JVBERi0="}]""";
        string With(string message, string attachments) => message[..^1] + $$""","attachments":{{attachments}}}""";

        Assert.Equal(202, (await sandbox.PostAsync("/gateways/email/messages", With(Messages.Email("m-1", "100000001"), file))).Status);
        Assert.Equal(202, (await sandbox.PostAsync("/gateways/email/messages", With(Messages.Email("m-1", "100000001"), file.Replace("JVBERi0=", "AAAA", StringComparison.Ordinal)))).Status);

        var message = Assert.Single((await sandbox.GetAsync("/inbox/messages")).Json["messages"]!.AsArray())!;
        Assert.Equal(
            """[{"name":"NX-1.pdf","contentType":"application/pdf","bytes":5,"url":"/inbox/messages/email/m-1/attachments/0"}]""", message["attachments"]!.ToJsonString());
        Assert.Equal((2, true), ((int)message["timesSent"]!, (bool)message["differed"]!));
        Assert.StartsWith("200 %PDF-", $"{await sandbox.GetAsync("/inbox/messages/email/m-1/attachments/0")}", StringComparison.Ordinal);
        Assert.Equal(404, (await sandbox.GetAsync("/inbox/messages/email/m-1/attachments/1")).Status);
        Assert.Equal(400, (await sandbox.PostAsync("/gateways/push/messages", With(Messages.Push("m-2"), file))).Status);
        Assert.Equal(400, (await sandbox.PostAsync("/gateways/email/messages", With(Messages.Email("m-3", "100000001"), file.Replace("NX-1.pdf", "../x", StringComparison.Ordinal)))).Status);
        Assert.Equal(400, (await sandbox.PostAsync("/gateways/email/messages", With(Messages.Email("m-4", "100000001"), file.Replace("JVBERi0=", "?", StringComparison.Ordinal)))).Status);
    }

    [Fact]
    public async Task A_repeat_is_accepted_and_delivered_once_and_remembered()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"))));

        Assert.All(answers, answer => Assert.Equal("""202 {"id":"m-1","status":"accepted"}""", $"{answer}"));
        var message = Assert.Single((await sandbox.GetAsync("/inbox/messages")).Json["messages"]!.AsArray())!;
        Assert.Equal((10, false), ((int)message["timesSent"]!, (bool)message["differed"]!));
    }

    [Fact]
    public async Task A_repeat_with_another_content_keeps_the_first_and_says_so()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1", text: "first"));

        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1", text: "second"));

        var message = Assert.Single((await sandbox.GetAsync("/inbox/messages")).Json["messages"]!.AsArray())!;
        Assert.Equal(("first", 2, true), ($"{message["text"]}", (int)message["timesSent"]!, (bool)message["differed"]!));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_delivered_once_after_the_repeat()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/push", """{"loseAnswerRate":1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1")));
        await sandbox.DeleteAsync("/knobs/push");

        Assert.Equal(202, (await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"))).Status);

        Assert.Equal(["push m-1"], await sandbox.InboxAsync());
    }

    [Fact]
    public async Task A_gateway_refuses_for_good_when_told_so()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/push", """{"refuseWith":"token_expired"}""");

        var answer = await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"));

        Assert.Equal((400, "token_expired"), (answer.Status, $"{answer.Json["code"]}"));
        Assert.Empty(await sandbox.InboxAsync());
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "push", Messages.Push("m-1", customer: "12345678"), "/customer" },
        { "push", Messages.Push("m-1", customer: "1234567890"), "/customer" },
        { "push", Messages.Push(""), "/id" },
        { "push", Messages.Push("m-1", to: " "), "/to" },
        { "push", Messages.Push("m-1", text: ""), "/text" },
        { "push", Messages.Push("m-1", text: new string('x', 1601)), "/text" },
        { "push", Messages.Push("m-1").Replace("\"sq\"", "\"de\"", StringComparison.Ordinal), "/language" },
        { "push", Messages.Push("m-1").Replace("\"language\"", "\"lang\"", StringComparison.Ordinal), "/lang" },
        { "sms", Messages.Sms("m-1", to: "0691000001"), "/to" },
        { "sms", Messages.Sms("m-1", to: "+355 69 100 0001"), "/to" },
        { "email", Messages.Email("m-1", title: null), "/title" },
        { "email", Messages.Push("m-1", title: "t", to: "nobody"), "/to" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public async Task A_message_that_cannot_be_delivered_is_refused_by_field(string channel, string message, string pointer)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync($"/gateways/{channel}/messages", message);

        Assert.Equal((400, pointer), (answer.Status, $"{Assert.Single(answer.Json["errors"]!.AsArray())!["pointer"]}"));
        Assert.Empty(await sandbox.InboxAsync());
    }

    [Theory]
    [InlineData("?customer=12")]
    [InlineData("?channel=fax")]
    public async Task A_filter_that_means_nothing_is_refused(string query)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(400, (await sandbox.GetAsync($"/inbox/messages{query}")).Status);
        Assert.Equal(400, (await sandbox.GetAsync($"/inbox/stream{query}")).Status);
        Assert.Equal(400, (await sandbox.GetAsync($"/inbox{query}")).Status);
    }
}
