using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

/// <summary>What a transfer's form shows before anything is ordered: the directory, lists, terms, the scanned IBAN.</summary>
public sealed class FormTests(TransferBank scene) : IClassFixture<TransferBank>
{
    private const string Albanian = "AL47212110090000000235698741";

    [Fact, Requirement("TRF-01")]
    public async Task The_directory_has_the_six_groups_in_order_and_only_what_the_caller_may_use()
    {
        var plain = await scene.CustomerAsync(trusted: false);
        var trusted = await scene.SignInAsync(plain.Number, trusted: true);
        var looking = await scene.SignInAsync(plain.Number, trusted: true, rights: "info");

        var directory = await trusted.GetAsync("v1/transfers/directory");
        Assert.Equal("transfers payments bills currency_exchange cardless scan_and_pay", string.Join(' ', Groups(directory).Select(group => group["code"])));
        var transfers = Operations(directory, "transfers");
        Assert.Equal(
            ["own_transfer", "inside_transfer", "national_transfer", "international_transfer", "phone_transfer"], transfers.Take(5));
        Assert.Contains("pension_contribution", transfers);
        Assert.Equal("smart_pay_not_activated", (string?)Groups(directory).Last()["unavailable"]);
        Assert.Equal(["bill_payment", "bill_contract", "bill_authorisation"], Operations(directory, "bills"));

        Assert.Equal(transfers.Except(["international_transfer"]), Operations(await plain.GetAsync("v1/transfers/directory"), "transfers"));
        Assert.All(Groups(await looking.GetAsync("v1/transfers/directory")), group => Assert.Empty(group["operations"]!.AsArray()));
    }

    [Fact, Requirement("TRF-21")]
    public async Task The_lists_come_in_the_callers_language()
    {
        var arta = await scene.CustomerAsync();

        var english = await ListsAsync(arta, "en");
        var albanian = await ListsAsync(arta, "sq");

        Assert.Equal("Albania Shqipëria", $"{NameOf(english, "AL")} {NameOf(albanian, "AL")}");
        Assert.Equal(english.Json["countries"]!.AsArray().Count, albanian.Json["countries"]!.AsArray().Count);
        Assert.True(english.Json["countries"]!.AsArray().Count >= 249);
        Assert.Contains("EUR", english.Json["internationalCurrencies"]!.AsArray().Select(code => (string)code!));
        Assert.Contains("ALL", english.Json["nationalCurrencies"]!.AsArray().Select(code => (string)code!));
        var education = english.Json["purposeCategories"]!.AsArray().Single(category => (string?)category!["code"] == "education")!;
        Assert.Equal("Education: tuition Tuition", $"{education["name"]}: {education["purposes"]![0]!["code"]} {education["purposes"]![0]!["name"]}");
        Assert.Contains("individual Individ", albanian.Json["beneficiaryCategories"]!.AsArray().Select(category => $"{category!["code"]} {category["name"]}"));
    }

    [Fact, Requirement("TRF-21"), Requirement("TRF-22")]
    public async Task An_international_transfer_takes_the_terms_as_they_are_now_and_values_of_the_lists_only()
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("500.00", "EUR");
        var terms = (await arta.GetAsync("v1/transfers/international/terms")).Json;
        Assert.True(((string)terms["text"]!).Length > 100);

        Task<Answer> QuoteAsync(string? accepted, string purpose = "tuition", string currency = "EUR") => arta.PostAsync("v1/transfers/international/quotes", new JsonObject
        {
            ["fromAccountId"] = from.Id,
            ["amount"] = Sender.Money("10.00", currency),
            ["description"] = "Studime",
            ["feeBearer"] = "sender",
            ["purposeCategory"] = "education",
            ["purpose"] = purpose,
            ["beneficiaryCategory"] = "individual",
            ["acceptedTerms"] = accepted,
            ["beneficiary"] = new JsonObject
            {
                ["firstName"] = "Hans",
                ["lastName"] = "Muster",
                ["street"] = "Hauptstrasse 1",
                ["city"] = "Koln",
                ["postalCode"] = "50667",
                ["country"] = "DE",
                ["iban"] = "DE89370400440532013000",
            },
        });

        Assert.Equal(200, (await QuoteAsync((string)terms["version"]!)).Status);
        Assert.Equal("400 invalid_input\n/acceptedTerms transfer_terms_not_accepted", (await QuoteAsync(null)).ToString());
        Assert.Equal("400 invalid_input\n/acceptedTerms transfer_terms_not_accepted", (await QuoteAsync("2001-01")).ToString());
        Assert.Equal("400 invalid_input\n/purpose purpose_of_another_category", (await QuoteAsync((string)terms["version"]!, purpose: "rent")).ToString());
        Assert.Equal("400 invalid_input\n/amount/currency transfer_currency_not_offered", (await QuoteAsync((string)terms["version"]!, currency: "TRY")).ToString());
    }

    [Theory, Requirement("TRF-14")]
    [InlineData("IBAN: AL47 2121 1009 0000 0002 3569 8741 Besa Kola", Albanian, "AL")]
    [InlineData("al47-2121-1009-0000-0002-3569-8741", Albanian, "AL")]
    [InlineData("Paguaj te\nAL47 2121 1009\n0000 0002 3569 8741\nAL47212110090000000235698741", Albanian, "AL")]
    [InlineData("(DE89 3704 0044 0532 0130 00), faleminderit", "DE89370400440532013000", "DE")]
    public async Task An_IBAN_is_found_in_recognised_text(string text, string iban, string country)
    {
        var arta = await scene.CustomerAsync();

        var found = await arta.PostAsync("v1/transfers/ibans/scans", new JsonObject { ["text"] = text });

        Assert.True(found.Status == 200, found.ToString());
        Assert.Equal($"{iban} {country}", $"{found.Json["iban"]} {found.Json["country"]}");
    }

    [Fact, Requirement("TRF-14")]
    public async Task Text_without_an_IBAN_with_several_and_a_picture_that_cannot_be_read_are_refused()
    {
        var arta = await scene.CustomerAsync();
        Task<Answer> TextAsync(string text) => arta.PostAsync("v1/transfers/ibans/scans", new JsonObject { ["text"] = text });
        Task<Answer> PictureAsync(byte[] bytes) => arta.PostAsync("v1/transfers/ibans/scans", new JsonObject { ["picture"] = Convert.ToBase64String(bytes) });

        Assert.Equal("422 iban_not_found", (await TextAsync("Besa Kola, 069 123 4567")).ToString());
        Assert.Equal("422 iban_not_found", (await TextAsync("AL47212110090000000235698742")).ToString());
        var several = await TextAsync($"{Albanian} ose DE89370400440532013000");
        Assert.Equal("422 several_ibans 2", $"{several} {several.Json["count"]}");
        Assert.Equal("400 invalid_input\n nothing_scanned", (await arta.PostAsync("v1/transfers/ibans/scans", new JsonObject())).ToString());

        Assert.Equal(Albanian, (string?)(await PictureAsync(Png($"IBAN {Albanian}"))).Json["iban"]);
        Assert.Equal("422 iban_not_found", (await PictureAsync(Png("Menu"))).ToString());
        Assert.Equal("422 picture_unreadable", (await PictureAsync(Png("Menu")[..40])).ToString());
        Assert.Equal("422 picture_unreadable", (await PictureAsync("no picture at all"u8.ToArray())).ToString());
        Assert.Equal("422 picture_unreadable", (await arta.PostAsync("v1/transfers/ibans/scans", new JsonObject { ["picture"] = "%%%" })).ToString());
    }

    private static JsonNode[] Groups(Answer directory) => [.. directory.Json["groups"]!.AsArray().Select(group => group!)];

    private static string[] Operations(Answer directory, string group) =>
        [.. Groups(directory).Single(one => (string?)one["code"] == group)["operations"]!.AsArray().Select(operation => (string)operation!)];

    private static string NameOf(Answer lists, string country) =>
        (string)lists.Json["countries"]!.AsArray().Single(one => (string?)one!["code"] == country)!["name"]!;

    private Task<Answer> ListsAsync(Sender sender, string language) => scene.Bank.CallAsync(
        "GET", "v1/transfers/lists", token: sender.Token, change: request => request.Headers.Add("Accept-Language", language));

    /// <summary>A picture of nothing, with a comment that the sandbox's reader takes for what is on it.</summary>
    private static byte[] Png(string text)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        Chunk("tEXt", [.. "Comment"u8, 0, .. Encoding.Latin1.GetBytes(text)]);
        Chunk("IEND", []);
        return png.ToArray();

        void Chunk(string type, byte[] data)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            png.Write(length);
            png.Write(Encoding.ASCII.GetBytes(type));
            png.Write(data);
            png.Write(new byte[4]);
        }
    }
}
