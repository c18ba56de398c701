using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Credentials;

/// <summary>What tests of passwords and cards ask of any bank.</summary>
internal static class CredentialCalls
{
    /// <summary>A card at the processor.</summary>
    /// <param name="kind"><c>contactless</c> or <c>standard</c>.</param>
    public static async Task OwnCardAsync(this HttpBank bank, string id, string number, string kind, string digits, string status, string pin)
    {
        using var answer = await bank.Sandbox.PostAsync("processors/cards/cards", HttpBank.Json(
            $$"""{"cardId":"{{id}}","customerNumber":"{{number}}","kind":"{{kind}}","lastDigits":"{{digits}}","status":"{{status}}","pin":"{{pin}}"}"""));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A PIN as the app sends it.</summary>
    public static async Task<string> PinBlockAsync(this HttpBank bank, string pin)
    {
        var keys = JsonNode.Parse(await bank.Anonymous.GetStringAsync("api/public/v1/pin-keys"))!["keys"]!;
        return PinBlocks.Encrypt(keys[0]!, pin, bank.Host.Clock.GetUtcNow());
    }

    /// <summary>How often the password was changed, by the history that is kept of it.</summary>
    public static async Task<int> CountPasswordChangesAsync(this HttpBank bank, string number)
    {
        var row = await bank.Host.Services.GetRequiredService<BankTables>().Open("Credentials").GetEntityAsync<TableEntity>(number, "user");
        return JsonNode.Parse(row.Value.GetString("Former")!)!.AsArray().Count;
    }
}
