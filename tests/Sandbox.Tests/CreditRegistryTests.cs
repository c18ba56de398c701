namespace Serverless.Sandbox.Tests;

public sealed class CreditRegistryTests
{
    private const string Address = "/credit-registries/credit-registry";

    [Fact]
    public async Task The_same_enquiry_has_the_same_report_whatever_becomes_of_the_person()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = await AskAsync(sandbox, "e-1", "I05101999Q");
        Assert.Equal((200, "120000.00", "2019-09-01"), (first.Status, (string?)first.Json["monthlyIncome"]!["amount"], (string?)first.Json["employedSince"]));
        Assert.Equal("15000.00", (string?)first.Json["obligations"]![0]!["monthlyInstalment"]!["amount"]);
        Assert.Equal(
            204,
            (await sandbox.PutAsync(
                $"{Address}/people/I05101999Q",
                """{"monthlyIncome":{"amount":"1.00","currency":"ALL"},"obligations":[{"lender":"Another bank","kind":"card","outstanding":{"amount":"5.00","currency":"EUR"},"monthlyInstalment":{"amount":"1.00","currency":"EUR"},"daysPastDue":31}]}""")).Status);

        Assert.Equal(first.Text, (await AskAsync(sandbox, "e-1", "I05101999Q")).Text);
        Assert.Equal("409 enquiry_id_reused", await AskAsync(sandbox, "e-1", "J61205088M") is var other ? $"{other.Status} {other.Json["code"]}" : "");
        var second = (await AskAsync(sandbox, "e-2", "i05101999q")).Json;
        Assert.Equal("1.00  31", $"{second["monthlyIncome"]!["amount"]} {second["employedSince"]} {second["obligations"]![0]!["daysPastDue"]}");
        Assert.False((bool)(await AskAsync(sandbox, "e-3", "Z00000000Z")).Json["isKnown"]!);
        Assert.Equal(3, (await sandbox.GetAsync($"{Address}/enquiries")).Json["enquiries"]!.AsArray().Count);
    }

    [Fact]
    public async Task Nonsense_is_named_and_a_knob_refuses()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(
            ["/consentReference", "/enquiryId", "/personalNumber", "/purpose"],
            (await sandbox.PostAsync($"{Address}/enquiries", "{}")).Json["errors"]!.AsArray().Select(fault => (string)fault!["pointer"]!).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["/employedSince", "/monthlyIncome/amount", "/obligations/0/daysPastDue", "/obligations/0/kind", "/obligations/0/lender", "/obligations/0/monthlyInstalment", "/obligations/0/outstanding"],
            (await sandbox.PutAsync($"{Address}/people/I05101999Q", """{"monthlyIncome":{"amount":"0.00","currency":"ALL"},"employedSince":"now","obligations":[{"daysPastDue":-1}]}"""))
                .Json["errors"]!.AsArray().Select(fault => (string)fault!["pointer"]!).Order(StringComparer.Ordinal));
        await sandbox.PutAsync("/knobs/credit-registry", """{"refuseWith":"no_agreement"}""");
        Assert.Equal("422 no_agreement", await AskAsync(sandbox, "e-1", "I05101999Q") is var refused ? $"{refused.Status} {refused.Json["code"]}" : "");
    }

    private static Task<Answer> AskAsync(SandboxHost sandbox, string id, string personalNumber) => sandbox.PostAsync(
        $"{Address}/enquiries", $$"""{"enquiryId":"{{id}}","personalNumber":"{{personalNumber}}","purpose":"credit_card","consentReference":"c-1"}""");
}
