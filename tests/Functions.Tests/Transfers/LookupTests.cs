using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class LookupTests(LookupTests.FewLookups scene) : IClassFixture<LookupTests.FewLookups>
{
    private const string PersonalNumber = "K90101123B";

    [Fact, Requirement("TRF-10"), Requirement("TRF-11"), Requirement("TRF-42")]
    public async Task A_customer_is_found_masked_by_number_and_paid_by_reference()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola", personalNumber: PersonalNumber));
        var from = await arta.OpenAccountAsync("2000.00");
        var (lek, euro) = (await besa.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00", "EUR"));

        var byNumber = await LookUpAsync(arta, "customerNumber", besa.Number);
        Assert.Equal(
            $"B**** K****: ALL {Masked(lek)}, EUR {Masked(euro)}",
            $"{byNumber.Json["name"]}: {string.Join(", ", byNumber.Json["accounts"]!.AsArray().Select(a => $"{a!["currency"]} {a["account"]}"))}");
        Assert.DoesNotContain(lek.Iban, byNumber.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Besa", byNumber.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await LookUpAsync(arta, "personalNumber", PersonalNumber.ToLowerInvariant())).Json["accounts"]!.AsArray().Count);
        var byAccount = await LookUpAsync(arta, "account", euro.Number);
        Assert.Equal($"EUR {Masked(euro)}", string.Join(", ", byAccount.Json["accounts"]!.AsArray().Select(a => $"{a!["currency"]} {a["account"]}")));

        var reference = new JsonObject { ["accountReference"] = (string)byNumber.Json["accounts"]![0]!["accountReference"]! };
        var quote = await arta.QuoteInsideAsync(from, null, "100.00", beneficiary: reference);
        Assert.Equal($"B**** K**** {Masked(lek)}", $"{quote.Json["beneficiary"]!["name"]} {quote.Json["beneficiary"]!["account"]}");
        Assert.Equal(201, (await arta.ConfirmAsync("inside", quote)).Status);
        Assert.Equal("100.00 ALL", await besa.BalanceAsync(lek));

        // A reference is one customer's only.
        var drita = await scene.CustomerAsync();
        Assert.Equal("404 payee_not_found", (await drita.QuoteInsideAsync(
            await drita.OpenAccountAsync("10.00"), null, "5.00", beneficiary: (JsonObject)reference.DeepClone())).ToString());
    }

    [Fact, Requirement("TRF-10")]
    public async Task An_unknown_customer_and_an_unknown_account_get_the_same_answer_and_a_key_has_one_of_the_known_forms()
    {
        var arta = await scene.CustomerAsync();

        var answers = new[]
        {
            await LookUpAsync(arta, "customerNumber", "999999999"), await LookUpAsync(arta, "personalNumber", "Z00000000Z"),
            await LookUpAsync(arta, "account", "0000000000000000"),
        };
        Assert.All(answers, answer => Assert.Equal("404 payee_not_found", answer.ToString()));
        Assert.Single(answers.Select(answer => string.Join(' ', answer.Json.AsObject().Where(m => m.Key != "traceId").Select(m => m.Value?.ToJsonString()))).Distinct());

        // Samples: 9 digits accepted; 8 or 10 refused. First and last character are letters.
        Assert.Equal("400 invalid_input\n/customerNumber lookup_key_malformed", (await LookUpAsync(arta, "customerNumber", "10000000")).ToString());
        Assert.Equal("400 invalid_input\n/customerNumber lookup_key_malformed", (await LookUpAsync(arta, "customerNumber", "1000000001")).ToString());
        Assert.Equal("400 invalid_input\n/personalNumber lookup_key_malformed", (await LookUpAsync(arta, "personalNumber", "190101123B")).ToString());
        Assert.Equal("400 invalid_input\n/account lookup_key_malformed", (await LookUpAsync(arta, "account", "AL47212110090000000235698742")).ToString());
        Assert.Equal("400 invalid_input\n lookup_key_not_one", (await arta.PostAsync("v1/transfers/lookups", new JsonObject())).ToString());
        Assert.Equal(
            "400 invalid_input\n lookup_key_not_one",
            (await arta.PostAsync("v1/transfers/lookups", new JsonObject { ["customerNumber"] = "999999999", ["account"] = "0000000000000000" })).ToString());
    }

    [Fact, Requirement("TRF-42")]
    public async Task Look_ups_are_limited_per_customer_and_written_down()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync("Besa Kola"));
        await besa.OpenAccountAsync("0.00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => LookUpAsync(arta, "customerNumber", besa.Number)));
        Assert.Equal(FewLookups.Most, answers.Count(answer => answer.Status == 200));
        var refused = answers.First(answer => answer.Status == 429);
        Assert.Equal("429 too_many_requests", refused.ToString());
        Assert.InRange((int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 4000);
        Assert.Equal(404, (await LookUpAsync(besa, "customerNumber", "999999999")).Status);

        var auditor = await scene.Bank.TokenAsync(new() { ["staff"] = "auditor-1", ["roles"] = "audit" });
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?actor={arta.Number}&limit=100", token: auditor);
        Assert.True(trail.Status == 200, trail.ToString());
        Assert.Equal(
            FewLookups.Most,
            trail.Json["items"]!.AsArray().Count(item => $"{item!["action"]} {item["resource"]} {item["after"]}" == $"customer_looked_up customer/{besa.Number} customer_number"));
    }

    private static string Masked(OpenedAccount account) => $"{account.Iban[..4]}…{account.Iban[^4..]}";

    private static Task<Answer> LookUpAsync(Sender sender, string by, string value) => sender.PostAsync("v1/transfers/lookups", new JsonObject { [by] = value });

    public sealed class FewLookups : TransferBank
    {
        public const int Most = 8;

        protected override void Configure(IDictionary<string, string?> settings) => settings["Transfers:LookupsPerHour"] = "8";
    }
}
