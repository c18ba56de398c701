using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

/// <summary>What is counted about names and personal numbers that are nobody's.</summary>
[Collection(EKlikBank.Name)]
public sealed class NobodyTests(EKlikBank scene)
{
    [Fact, Requirement("EKL-26"), Requirement("AUTH-22")]
    public async Task The_daily_timer_erases_what_was_counted_about_nobody_a_year_ago_and_leaves_what_is_younger()
    {
        foreach (var name in new[] { "nobody.old", "nobody.new" })
            Assert.Equal("422 eklik_credentials_invalid", (await scene.SignInAsync(name)).ToString());
        foreach (var person in new[] { "J50101019K", "J50101029K" })
        {
            var login = JsonNode.Parse(SignInWalk.LoginBody(person, "Wrong2027x", device: null))!;
            var answer = await scene.Bank.CallAsync("POST", "public/v1/login", login.ToJsonString(), change: TransferBank.WithKey());
            Assert.Equal("422 invalid_credentials", answer.ToString());
        }

        // One of each as if it had been tried a year and a day ago.
        var aged = new List<(string Table, TableEntity Row)>();
        foreach (var (table, prefix) in new[] { ("EKlik", "nobody|"), ("Credentials", "unknown|") })
        {
            var rows = await RowsAsync(table, prefix);
            Assert.True(rows.Count >= 2);
            rows[0]["TriedAt"] = NodaTime.Instant.FromDateTimeOffset(scene.Now.AddDays(-367)).ToUnixTimeTicks();
            await Open(table).UpdateEntityAsync(rows[0], ETag.All, TableUpdateMode.Replace);
            aged.Add((table, rows[0]));
        }

        var before = (await RowsAsync("EKlik", "nobody|")).Count + (await RowsAsync("Credentials", "unknown|")).Count;
        await scene.Bank.Host.FireTimerAsync("Credentials_EraseExpiredProofs");

        Assert.Equal(before - 2, (await RowsAsync("EKlik", "nobody|")).Count + (await RowsAsync("Credentials", "unknown|")).Count);
        foreach (var (table, row) in aged)
            Assert.False((await Open(table).GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey)).HasValue);
    }

    private TableClient Open(string table) => scene.Bank.Host.Services.GetRequiredService<BankTables>().Open(table);

    private async Task<List<TableEntity>> RowsAsync(string table, string prefix)
    {
        List<TableEntity> rows = [];
        await foreach (var row in Open(table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix[..^1] + "}"}")))
            rows.Add(row);
        return rows;
    }
}
