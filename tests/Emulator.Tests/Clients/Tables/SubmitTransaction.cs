using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Serverless.Emulator.Tests.Clients.Tables;

public sealed class SubmitTransaction(TableFixture azurite)
{
    [Fact]
    public async Task A_transaction_applies_all_its_actions_and_returns_an_etag_for_each()
    {
        var table = await azurite.NewTableAsync();

        var result = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["Minor"] = 5L }),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "b") { ["Text"] = "ë" }),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "it's") { ["Text"] = "c" }),
        ]);

        Assert.Equal(3, result.Value.Count);
        Assert.All(result.Value, part => Assert.Equal(204, part.Status));
        var a = await table.GetEntityAsync<TableEntity>("p", "a");
        Assert.Equal(5L, a.Value.GetInt64("Minor"));
        Assert.Equal(a.Value.ETag, result.Value[0].Headers.ETag);
        Assert.Equal("c", (await table.GetEntityAsync<TableEntity>("p", "it's")).Value.GetString("Text"));
    }

    [Fact]
    public async Task A_refused_action_undoes_the_whole_transaction_and_is_named_by_its_index()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "b"));

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("p", "b")),
        ]));

        Assert.Equal(409, refused.Status);
        Assert.Equal(1, refused.FailedTransactionActionIndex);
        Assert.True(TableErrorCode.EntityAlreadyExists == refused.ErrorCode);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "a")).HasValue);
    }

    [Fact]
    public async Task A_wrong_etag_in_a_transaction_is_412()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "a"));

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "new")),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "a"), new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"")),
        ]));

        Assert.Equal(412, refused.Status);
        Assert.Equal(1, refused.FailedTransactionActionIndex);
        Assert.Equal("UpdateConditionNotSatisfied", refused.ErrorCode);
    }

    [Fact]
    public async Task A_transaction_of_100_actions_is_applied_and_one_of_101_refused()
    {
        var table = await azurite.NewTableAsync();
        var actions = Enumerable.Range(0, 101)
            .Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row:D3}")))
            .ToList();

        await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "000")).HasValue);

        var applied = await table.SubmitTransactionAsync(actions.Take(100));
        Assert.Equal(100, applied.Value.Count);
    }

    [Fact]
    public async Task Two_partitions_in_one_transaction_are_refused()
    {
        var table = await azurite.NewTableAsync();

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("q", "a")),
        ]));

        Assert.Equal((400, "CommandsInBatchActOnDifferentPartitions", 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task A_row_twice_in_one_transaction_is_refused()
    {
        var table = await azurite.NewTableAsync();

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "a")),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "a")),
        ]));

        Assert.Equal((400, "InvalidDuplicateRow"), (refused.Status, refused.ErrorCode));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("100%")]
    [InlineData("a%27b")]
    [InlineData("a b+c&d=e;f,g")]
    [InlineData("{PUT} \"quoted\"")]
    [InlineData("Tiranë €")]
    public async Task A_key_of_any_allowed_character_finds_its_row(string key)
    {
        var table = await azurite.NewTableAsync();

        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity(key, key) { ["A"] = "-- HTTP/1.1 {\r\n}" }),
            new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key + "2") { ["A"] = "ë" }),
        ]);

        Assert.Equal("-- HTTP/1.1 {\r\n}", (await table.GetEntityAsync<TableEntity>(key, key)).Value.GetString("A"));
        Assert.Equal("ë", (await table.GetEntityAsync<TableEntity>(key, key + "2")).Value.GetString("A"));
    }

    [Fact]
    public async Task Every_kind_of_action_does_what_its_call_does()
    {
        var table = await azurite.NewTableAsync();
        foreach (var row in new[] { "merge", "replace", "delete" })
            await table.AddEntityAsync(new TableEntity("p", row) { ["Old"] = 1 });
        var etag = (await table.GetEntityAsync<TableEntity>("p", "replace")).Value.ETag;

        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "merge") { ["New"] = 2 }, ETag.All),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "replace") { ["New"] = 2 }, etag),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "upsert") { ["New"] = 2 }),
        ]);

        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(
            ["merge 1 2", "replace  2", "upsert  2"],
            rows.Select(row => $"{row.RowKey} {row.GetInt32("Old")} {row.GetInt32("New")}"));
    }

    [Fact]
    public async Task A_transaction_without_actions_is_refused_before_it_is_sent()
    {
        var table = await azurite.NewTableAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
    }
}
