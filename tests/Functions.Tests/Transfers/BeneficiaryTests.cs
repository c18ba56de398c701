using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class BeneficiaryTests(TransferBank scene) : IClassFixture<TransferBank>
{
    private const string Albanian = "AL47212110090000000235698741";
    private const string German = "DE89370400440532013000";

    [Fact, Requirement("TRF-02"), Requirement("TRF-03"), Requirement("TRF-04")]
    public async Task Beneficiaries_are_registered_with_their_kind_and_found_by_text_and_kind()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var hers = await besa.OpenAccountAsync("0.00");
        Assert.Empty((await arta.GetAsync("v1/beneficiaries")).Json["items"]!.AsArray());

        Assert.Equal("201 inside AL", Kind(await AddAsync(arta, "Besa", "Kola", hers.Number, "Qiraja ime")));
        Assert.Equal("201 national AL", Kind(await AddAsync(arta, "Çlirim", "Ëngjëlli", Albanian)));
        Assert.Equal("201 international DE", Kind(await AddAsync(arta, "Hans", "Müller", German)));
        Assert.Equal("201 international US", Kind(await AbroadAsync(arta, "John", "Smith", "000123456789", "US")));

        Assert.Equal(["Çlirim Ëngjëlli", "Hans Müller", "John Smith", "Qiraja ime"], await NamesAsync(arta, ""));
        Assert.Equal(["Çlirim Ëngjëlli"], await NamesAsync(arta, "?search=engjelli"));
        Assert.Equal(["Qiraja ime"], await NamesAsync(arta, "?search=kola"));
        Assert.Equal(["Hans Müller"], await NamesAsync(arta, "?search=DE89%203704"));
        Assert.Equal(["Hans Müller", "John Smith"], await NamesAsync(arta, "?type=international"));
        Assert.Equal(["Qiraja ime"], await NamesAsync(arta, "?type=inside"));
        Assert.Empty(await NamesAsync(besa, ""));

        var names = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await arta.GetAsync($"v1/beneficiaries?limit=3{cursor}")).Json;
            names.AddRange(page["items"]!.AsArray().Select(Name));
            cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(["Çlirim Ëngjëlli", "Hans Müller", "John Smith", "Qiraja ime"], names);
    }

    [Theory, Requirement("TRF-03")]
    [InlineData("Besa", "AL47212110090000000235698742", "400 invalid_input\n/account iban_invalid")]
    [InlineData("Besa", "DE8937040044053201300", "400 invalid_input\n/account iban_invalid")]
    [InlineData("Besa", "12", "400 invalid_input\n/account iban_invalid")]
    [InlineData("Besa", "0000000000000000", "400 invalid_input\n/account beneficiary_account_unknown")]
    [InlineData(" ", Albanian, "400 invalid_input\n/firstName blank")]
    [InlineData(null, Albanian, "400 invalid_input\n/firstName required")]
    public async Task What_cannot_be_registered_is_refused_with_its_own_error(string? firstName, string account, string expected)
    {
        var arta = await scene.CustomerAsync();
        var body = new JsonObject { ["lastName"] = "Kola", ["account"] = account };
        if (firstName is not null)
            body["firstName"] = firstName;

        Assert.Equal(expected, (await arta.PostAsync("v1/beneficiaries", body)).ToString());
    }

    [Theory, Requirement("TRF-04")]
    [InlineData("ZZ", "000123456789", "400 invalid_input\n/country country_unknown")]
    [InlineData("AL", "000123456789", "400 invalid_input\n/country country_unknown")]
    [InlineData("US", null, "400 invalid_input\n/account required")]
    public async Task A_bank_abroad_needs_a_listed_country_and_an_account(string country, string? account, string expected)
    {
        var arta = await scene.CustomerAsync();
        var body = new JsonObject { ["firstName"] = "John", ["lastName"] = "Smith", ["country"] = country };
        if (account is not null)
            body["account"] = account;

        Assert.Equal(expected, (await arta.PostAsync("v1/beneficiaries/abroad", body)).ToString());
    }

    [Fact, Requirement("TRF-03"), Requirement("TRF-43")]
    public async Task An_account_is_registered_once_renamed_and_removed_by_its_owner_alone()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var added = await AddAsync(arta, "Hans", "Müller", German, key: "one");
        var id = (string)added.Json["id"]!;

        Assert.Equal(added.Text, (await AddAsync(arta, "Hans", "Müller", German, key: "one")).Text);
        Assert.Equal("422 idempotency_key_reused", (await AddAsync(arta, "Hans", "Meier", German, key: "one")).ToString());
        var again = await AddAsync(arta, "Hans", "Meier", German);
        Assert.Equal($"409 beneficiary_exists {id}", $"{again} {again.Json["beneficiary"]}");

        var renamed = await arta.CallAsync("PATCH", $"v1/beneficiaries/{id}", """{"alias":"Dhëndri"}""");
        Assert.Equal("200 Dhëndri", $"{renamed.Status} {renamed.Json["alias"]}");
        Assert.Equal("Dhëndri", (string?)(await arta.GetAsync($"v1/beneficiaries/{id}")).Json["alias"]);
        Assert.Equal("404 beneficiary_not_found", (await besa.GetAsync($"v1/beneficiaries/{id}")).ToString());
        Assert.Equal("404 beneficiary_not_found", (await besa.CallAsync("PATCH", $"v1/beneficiaries/{id}", """{"alias":"Imi"}""")).ToString());
        Assert.Equal("404 beneficiary_not_found", (await besa.CallAsync("DELETE", $"v1/beneficiaries/{id}")).ToString());
        Assert.Equal(204, (await arta.CallAsync("DELETE", $"v1/beneficiaries/{id}")).Status);
        Assert.Equal("404 beneficiary_not_found", (await arta.CallAsync("DELETE", $"v1/beneficiaries/{id}")).ToString());
        Assert.Equal(201, (await AddAsync(arta, "Hans", "Müller", German)).Status);
    }

    [Fact, Requirement("TRF-05"), Requirement("TRF-06")]
    public async Task A_payee_is_saved_at_confirmation_and_paid_again_as_it_is_registered()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        var named = new JsonObject { ["account"] = to.Iban, ["name"] = "Besa Kola" };
        var sent = await arta.ConfirmAsync("inside", await arta.QuoteInsideAsync(from, null, "100.00", beneficiary: named), saveBeneficiary: true);
        Assert.Equal(201, sent.Status);
        var saved = (await arta.GetOnceAsync("v1/beneficiaries", answer => answer.Json["items"]!.AsArray().Count == 1)).Json["items"]![0]!;
        Assert.Equal($"Besa Kola {to.Iban} inside", $"{saved["fullName"]} {saved["account"]} {saved["type"]}");

        await arta.ConfirmAsync("inside", await arta.QuoteInsideAsync(from, to.Iban, "100.00"), saveBeneficiary: true);
        var registered = new JsonObject { ["beneficiaryId"] = (string)saved["id"]! };
        var quote = await arta.QuoteInsideAsync(from, null, "50.00", beneficiary: registered);
        Assert.Equal($"Besa Kola {to.Iban}", $"{quote.Json["beneficiary"]!["name"]} {quote.Json["beneficiary"]!["account"]}");
        Assert.Equal(201, (await arta.ConfirmAsync("inside", quote)).Status);
        Assert.Equal("250.00 ALL", await besa.BalanceAsync(to));
        Assert.Single((await arta.GetAsync("v1/beneficiaries")).Json["items"]!.AsArray());

        // Nothing of a registered one is overridden; somebody else's is as unknown as none; another kind does not fit.
        var overridden = new JsonObject { ["beneficiaryId"] = (string)saved["id"]!, ["name"] = "Dikush Tjetër" };
        Assert.Equal("400 invalid_input\n/beneficiary beneficiary_not_named", (await arta.QuoteInsideAsync(from, null, "5.00", beneficiary: overridden)).ToString());
        var hers = await besa.OpenAccountAsync("10.00");
        Assert.Equal(
            "404 beneficiary_not_found",
            (await besa.QuoteInsideAsync(hers, null, "5.00", beneficiary: new JsonObject { ["beneficiaryId"] = (string)saved["id"]! })).ToString());
        var abroad = (string)(await AddAsync(arta, "Hans", "Müller", German)).Json["id"]!;
        var mismatch = await arta.QuoteInsideAsync(from, null, "5.00", beneficiary: new JsonObject { ["beneficiaryId"] = abroad });
        Assert.Equal("422 beneficiary_type_mismatch international", $"{mismatch} {mismatch.Json["beneficiaryType"]}");
    }

    [Fact, Requirement("TRF-43")]
    [ProvesRace("Beneficiaries_Add"), ProvesRace("Beneficiaries_AddAbroad"), ProvesRace("Beneficiaries_Rename"), ProvesRace("Beneficiaries_Remove")]
    public async Task However_many_register_rename_and_remove_at_once_there_is_one_beneficiary_and_then_none()
    {
        var arta = await scene.CustomerAsync();
        using var client = await scene.Bank.CustomerAsync(arta.Number);
        var before = 0;
        async Task<int> NewAsync()
        {
            var now = (await NamesAsync(arta, "")).Length;
            (var added, before) = (now - before, now);
            return added;
        }

        var add = RaceCall.Post(client, "api/v1/beneficiaries", $$"""{"firstName":"A","lastName":"B","account":"{{German}}"}""");
        var first = await RaceHarness.SameKeyAsync(add, NewAsync);
        await RaceHarness.SameKeyOtherBodyAsync(
            add with { Body = $$"""{"firstName":"A","lastName":"B","account":"{{Albanian}}"}""" }, """{"firstName":"A","lastName":"B","account":"FR1420041010050500013M02606"}""", NewAsync);
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(add with { Body = """{"firstName":"A","lastName":"B","account":"GB29NWBK60161331926819"}""" }, 8)], NewAsync, "409 beneficiary_exists");
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/v1/beneficiaries/abroad", """{"firstName":"A","lastName":"B","account":"1234","country":"US"}"""), NewAsync);

        var path = $"api/v1/beneficiaries/{first.Json["id"]}";
        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(0, 8).Select(i => new RaceCall(client, HttpMethod.Patch, path, $$"""{"alias":"a{{i}}"}"""))], () => client.GetStringAsync(path));
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, path), async () => -await NewAsync(), doneAlready: "404 beneficiary_not_found");
    }

    private static string Kind(Answer added) => $"{added.Status} {added.Json["type"]} {added.Json["country"]}";

    private static Task<Answer> AddAsync(Sender sender, string first, string last, string account, string? alias = null, string? key = null) => sender.PostAsync(
        "v1/beneficiaries", new JsonObject { ["firstName"] = first, ["lastName"] = last, ["account"] = account, ["alias"] = alias }, key);

    private static Task<Answer> AbroadAsync(Sender sender, string first, string last, string account, string country) => sender.PostAsync(
        "v1/beneficiaries/abroad", new JsonObject { ["firstName"] = first, ["lastName"] = last, ["account"] = account, ["country"] = country });

    private static async Task<string[]> NamesAsync(Sender sender, string query) =>
        [.. (await sender.GetAsync($"v1/beneficiaries{query}")).Json["items"]!.AsArray().Select(Name)];

    private static string Name(JsonNode? one) => (string?)one!["alias"] ?? (string)one["fullName"]!;
}
