using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class ChatTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("TRF-12"), Requirement("TRF-13"), Requirement("TRF-34")]
    public async Task Both_parties_write_and_read_each_is_pushed_the_others_and_nobody_else_sees_them()
    {
        var (arta, besa, drita) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"), await scene.CustomerAsync("Drita Leka"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        var quote = await arta.QuoteInsideAsync(from, to.Iban, "100.00");
        var sent = await arta.PostAsync("v1/transfers/inside", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["comment"] = "Për darkën e djeshme" });
        var thread = $"v1/transfers/{sent.Json["id"]}/messages";

        await besa.GetOnceAsync(thread, answer => answer.Json["items"]!.AsArray().Count == 1);
        Assert.Equal(201, (await besa.PostAsync(thread, new JsonObject { ["text"] = "Faleminderit!" })).Status);
        Assert.Equal(201, (await arta.PostAsync(thread, new JsonObject { ["text"] = "Me gjithë qejf" })).Status);

        Assert.Equal(["me Për darkën e djeshme", "other Faleminderit!", "me Me gjithë qejf"], Lines(await arta.GetAsync(thread)));
        Assert.Equal(["other Për darkën e djeshme", "me Faleminderit!", "other Me gjithë qejf"], Lines(await besa.GetAsync(thread)));
        Assert.Equal("404 transfer_not_found", (await drita.GetAsync(thread)).ToString());
        Assert.Equal("404 transfer_not_found", (await drita.PostAsync(thread, new JsonObject { ["text"] = "Edhe unë" })).ToString());

        // One push each way per message, to the other side, without a word of the text; and one that Besa was paid.
        var pushes = await PushesAsync(besa.Number, 3);
        Assert.Equal(["New message", "New message", "You have received 100.00 ALL"], pushes.Select(push => (string)push["title"]!).Order(StringComparer.Ordinal));
        Assert.All(pushes, push => Assert.EndsWith($"transfers/{sent.Json["id"]}", (string)push["link"]!, StringComparison.Ordinal));
        Assert.DoesNotContain("qejf", string.Concat(pushes.Select(push => push.ToJsonString())), StringComparison.Ordinal);
        Assert.Equal("New message", (string)Assert.Single(await PushesAsync(arta.Number, 1))["title"]!);
    }

    [Fact, Requirement("TRF-12")]
    [ProvesRace("Transfers_WriteMessage")]
    public async Task A_message_is_written_once_and_a_transfer_between_own_accounts_has_no_thread()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        var sent = await arta.SendInsideAsync(from, to.Iban, "100.00");
        var thread = $"v1/transfers/{sent.Json["id"]}/messages";
        using var client = await scene.Bank.CustomerAsync(arta.Number);
        var before = 0;
        async Task<int> WrittenAsync()
        {
            var now = Lines(await arta.GetAsync(thread)).Length;
            (var written, before) = (now - before, now);
            return written;
        }

        var call = RaceCall.Post(client, $"api/{thread}", """{"text":"Mirëdita"}""");
        await RaceHarness.SameKeyAsync(call, WrittenAsync);
        await RaceHarness.SameKeyOtherBodyAsync(call, """{"text":"Natën e mirë"}""", WrittenAsync);
        Assert.Equal("400 invalid_input\n/text blank", (await arta.PostAsync(thread, new JsonObject { ["text"] = " " })).ToString());
        Assert.Equal("400 invalid_input\n/text too_long", (await arta.PostAsync(thread, new JsonObject { ["text"] = new string('a', 501) })).ToString());

        var own = await arta.ConfirmAsync("own", await arta.QuoteOwnAsync(from, await arta.OpenAccountAsync("0.00"), "5.00"));
        Assert.Equal("422 transfer_has_no_thread", (await arta.GetAsync($"v1/transfers/{own.Json["id"]}/messages")).ToString());
    }

    private static string[] Lines(Answer thread) =>
        [.. thread.Json["items"]!.AsArray().Select(message => $"{message!["author"]} {message["text"]}")];

    private async Task<JsonNode[]> PushesAsync(string customer, int count)
    {
        JsonNode[] pushes = [];
        await Eventually.IsTrueAsync(async () =>
        {
            var inbox = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"inbox/messages?customer={customer}&channel=push"))!;
            pushes = [.. inbox["messages"]!.AsArray().Select(message => message!)];
            return pushes.Length >= count;
        });
        Assert.Equal(count, pushes.Length);
        return pushes;
    }
}
