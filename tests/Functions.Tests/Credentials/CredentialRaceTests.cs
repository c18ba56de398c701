using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Credentials;

/// <summary>What staff do about credentials, raced with itself.</summary>
public sealed class CredentialRaceTests(CredentialsBank scene) : IClassFixture<CredentialsBank>
{
    [Fact, ProvesRace("Credentials_IssueUniqueCode"), ProvesRace("Credentials_UnlockUser"), ProvesRace("Registrations_SaveServicesContract")]
    public async Task One_order_gives_one_code_one_proposal_and_one_contract_however_often_it_is_sent()
    {
        var number = await scene.NewClientAsync();
        var customer = $"api/backoffice/v1/customers/{number}";
        await RaceHarness.SameCallAsync(
            new RaceCall(scene.Teller, HttpMethod.Put, $"{customer}/services-contract", """{"signedOn":"2026-02-02","rights":"info"}"""), () => Task.FromResult(1), 8);

        // The one code that all heard of registers the client, and with the rights of the contract.
        var code = await RaceHarness.SameKeyAsync(
            RaceCall.Post(scene.Teller, $"{customer}/unique-codes", """{"branch":"TIA-01","clientPresent":true}"""), () => Task.FromResult(1), 16);
        var registration = $"registrations/{await scene.Walk.IdentifiedAsync(number)}";
        Assert.Equal(200, (await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{code.Json["uniqueCode"]}}"}""")).Status);
        await scene.PostAsync($"{registration}/code", $$"""{"code":"{{await scene.Walk.CodeAsync(number)}}"}""");
        Assert.Equal(200, (await scene.PostAsync($"{registration}/password", $$"""{"password":"{{SignInWalk.Password}}"}""")).Status);
        Assert.False((bool)(await scene.Walk.SignInAsync(number, new TestDevice()))["mayPay"]!);

        for (var i = 0; i < 5; i++)
            await scene.LoginAsync(number, "Wrong2026x", null);
        using var maker = await scene.Bank.StaffAsync("agent-1", "contact_centre");
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(maker, $"{customer}/unlock", """{"identifiedBy":"thirrje","reason":"Klienti"}"""),
            async () =>
            {
                using var ledger = await scene.Bank.StaffAsync("ledger-1", "ledger");
                var changes = JsonNode.Parse(await ledger.GetStringAsync("api/backoffice/v1/changes?limit=100"))!["items"]!.AsArray();
                return changes.Count(change => (string)change!["resource"]! == $"customer/{number}");
            },
            8);
    }
}
