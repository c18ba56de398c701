using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Tests.BackOffice;
using Serverless.Functions.Tests.Races;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PersonalData;

/// <summary>What the bank holds about a person: told as a whole, and erased where the law allows.</summary>
public sealed class PersonalDataTests(Office office) : IClassFixture<Office>
{
    private const string Phone = "+355690770707", Email = "nora.prifti@example.com", Person = "K12345678N", Name = "Nora Prifti";

    [Fact, ProvesRace("PersonalData_ProposeErasure")]
    public async Task Everything_held_about_a_customer_is_exported_and_what_served_him_is_erased_when_he_has_gone()
    {
        var (nora, other) = (await office.OpenAsync("100.00"), await office.OpenAsync("5.00"));
        var second = await office.OpenAsync("0.00", nora.Customer);
        await SaveAsync(nora.Customer, Name, Phone, Email, Person);
        await SaveAsync(other.Customer, "Tjetri Tjetër", "+355690770708", "tjetri@example.com", null);
        await TestUsers.RegisterAsync(office.Bank.Host.Services, nora.Customer, "Fjalekalim19x");
        using var customer = await office.Bank.CustomerAsync(nora.Customer);
        Assert.True((await office.TransferAsync(nora, second, "30.00")).IsSuccess);
        var photo = new JsonObject { ["image"] = Convert.ToBase64String(CameraPicture.Jpeg()), ["origin"] = "gallery" }.ToJsonString();
        Assert.True((await Office.SendAsync(customer, HttpMethod.Put, "api/v1/profile/photo", photo)).IsSuccess);
        using var compliance = await office.Bank.StaffAsync("compliance-1", "compliance");
        await office.Bank.WhenIdleAsync();

        // All of it, each part with its ground; nobody else's, and nothing that lets anybody in.
        var export = (await ExportAsync(compliance, nora.Customer)).Json;
        var sections = export["sections"]!.AsArray().ToDictionary(section => (string)section!["name"]!, section => section!);
        Assert.Superset(new HashSet<string>(["contact", "access", "sessions", "devices", "profile", "accounts", "entries", "transfers"]), sections.Keys.ToHashSet());
        Assert.Equal(("relationship", "accounting"), ((string)sections["contact"]["ground"]!, (string)sections["entries"]["ground"]!));
        Assert.Equal((Name, Phone, Email, Person), Contact(sections["contact"]));
        Assert.Contains(sections["entries"]["rows"]!.AsArray(), row => ((string)row!["row"]!).StartsWith("entry|", StringComparison.Ordinal));
        Assert.Equal("profile_photo", (string)Assert.Single(export["documents"]!.AsArray())!["kind"]!);
        Assert.DoesNotContain(other.Customer, export.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(office.Bank.Secrets.FindIn([("export", System.Text.Encoding.UTF8.GetBytes(export.ToJsonString()))]));
        Assert.Equal(["mayPay", "passwordSetAt", "registeredAt", "row"], Assert.Single(sections["access"]["rows"]!.AsArray())!.AsObject().Select(column => column.Key).Order(StringComparer.Ordinal));
        Assert.Equal("personal_data_exported", (string)Assert.Single(await office.AuditAsync($"resource=customer/{nora.Customer}"))!["action"]!);
        Assert.Equal("404 nothing_held", (await ExportAsync(compliance, office.NewCustomer())).ToString());
        Assert.Equal("403 role_missing", (await ExportAsync(office.Teller, nora.Customer)).ToString());

        // Not while he is a customer.
        var refused = await ProposeAsync(compliance, nora.Customer);
        Assert.Equal("409 relationship_not_ended", refused.ToString());
        Assert.Equal(2, (int)refused.Json["openAccounts"]!);
        await PayOutAsync(nora, "70.00");
        await PayOutAsync(second, "30.00");
        await office.SetStatusAsync(nora, "closed");
        await office.SetStatusAsync(second, "closed");

        // By two people, and however often it is sent.
        var proposed = await RaceHarness.SameKeyAsync(
            RaceCall.Post(compliance, $"api/backoffice/v1/customers/{nora.Customer}/erasures", """{"reason":"Kërkesë me shkrim"}"""),
            async () => (await office.ItemsAsync("api/backoffice/v1/changes?open=true&limit=100")).Count(change => (string)change!["resource"]! == $"customer/{nora.Customer}"));
        Assert.Equal("personal_data_erasure", (string)proposed.Json["kind"]!);
        Assert.NotEmpty(await PlacesAsync(Phone, Email, Person));
        var decided = await Office.DecideAsync(office.Mira, proposed.Json);
        Assert.Equal(("applied", "erased"), ((string)decided.Json["state"]!, (string)decided.Json["outcome"]!));

        // He is nobody now, and the books are what they were.
        Assert.Empty(await PlacesAsync(Phone, Email, Person));
        Assert.Equal(HttpStatusCode.Unauthorized, (await customer.GetAsync("api/v1/accounts")).StatusCode);
        var left = (await ExportAsync(compliance, nora.Customer)).Json;
        Assert.All(left["sections"]!.AsArray(), section => Assert.NotEqual("relationship", (string)section!["ground"]!));
        Assert.Equal(
            sections["transfers"]["rows"]!.AsArray().Count, left["sections"]!.AsArray().Single(section => (string)section!["name"]! == "transfers")!["rows"]!.AsArray().Count);
        Assert.Empty(left["documents"]!.AsArray());
        await office.ProvenAsync();
        await SaveAsync(other.Customer, "Tjetri Tjetër", Phone, "tjetri@example.com", Person);
        Assert.Equal("404 nothing_held", (await ProposeAsync(compliance, nora.Customer)).ToString());
    }

    [Fact]
    public void Every_table_of_the_bank_is_a_holding_or_says_why_not()
    {
        var tables = office.Bank.Host.Services.GetServices<BankTable>().Select(table => table.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(tables.Except(HeldTables.WithPersonalData).Except(HeldTables.InNoExport));
        Assert.Empty(HeldTables.WithPersonalData.Concat(HeldTables.InNoExport).Except(tables));
        Assert.Empty(HeldTables.WithPersonalData.Intersect(HeldTables.InNoExport));
    }

    private static (string, string, string, string) Contact(JsonNode section)
    {
        var row = section["rows"]!.AsArray().Single(row => (string)row!["row"]! == "contact")!;
        return ((string)row["name"]!, (string)row["phone"]!, (string)row["email"]!, (string)row["personalNumber"]!);
    }

    private static Task<RaceAnswer> ExportAsync(HttpClient who, string customer) =>
        Office.SendAsync(who, HttpMethod.Get, $"api/backoffice/v1/customers/{customer}/personal-data", null);

    private static Task<RaceAnswer> ProposeAsync(HttpClient who, string customer) =>
        Office.PostAsync(who, $"api/backoffice/v1/customers/{customer}/erasures", """{"reason":"Kërkesë me shkrim"}""");

    private async Task SaveAsync(string customer, string name, string phone, string email, string? person)
    {
        var contact = new JsonObject { ["name"] = name, ["language"] = "sq", ["phone"] = phone, ["email"] = email, ["pushToken"] = $"push-{customer}" };
        if (person is not null)
            contact["personalNumber"] = person;
        var saved = await Office.SendAsync(office.Teller, HttpMethod.Put, $"api/backoffice/v1/customers/{customer}", contact.ToJsonString());
        Assert.True(saved.IsSuccess, saved.ToString());
    }

    /// <summary>At a counter, which has no function of its own yet.</summary>
    private async Task PayOutAsync(RacedAccount account, string amount)
    {
        var money = Money.Find(amount, Currency.All)!;
        var journal = new Journal(
            TransactionId.Derive("pay_out", account.Id.ToString("N", CultureInfo.InvariantCulture)), "cash",
            [Leg.Debit(new AccountId(account.Id), money), Leg.Credit(BankAccount.Cash(Currency.All), money)], "Tërheqje", new LocalDate(2026, 3, 2), "teller");
        Assert.True((await office.Bank.Host.Services.GetRequiredService<PostJournal>().RunAsync(journal, CancellationToken.None)).IsSuccess);
    }

    /// <summary>Where one of the words is stored.</summary>
    private async Task<IReadOnlyList<string>> PlacesAsync(params string[] words)
    {
        await office.Bank.WhenIdleAsync();
        List<string> places = [];
        await foreach (var (place, content) in StorageDump.ReadAsync((await AzuriteServer.SharedAsync()).ConnectionString, office.Bank.Host.Prefix))
        {
            var text = System.Text.Encoding.UTF8.GetString(content);
            if (words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
                places.Add(place);
        }

        return places;
    }
}
