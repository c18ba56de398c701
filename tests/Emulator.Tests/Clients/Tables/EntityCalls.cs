using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Serverless.Emulator.Tests.Clients.Tables;

/// <summary><c>AddEntity</c>, <c>GetEntity</c>, <c>UpdateEntity</c>, <c>UpsertEntity</c>, <c>DeleteEntity</c> and what each refuses.</summary>
public sealed class EntityCalls(TableFixture azurite)
{
    private static readonly ETag Stale = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

    [Fact]
    public async Task AddEntity_of_a_row_that_is_there_is_409_EntityAlreadyExists()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, refused.Status);
        Assert.True(refused.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task GetEntity_of_a_missing_row_throws_404_and_GetEntityIfExists_has_no_value()
    {
        var table = await azurite.NewTableAsync();

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));
        var missing = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.Equal((404, "ResourceNotFound"), (refused.Status, refused.ErrorCode));
        Assert.False(missing.HasValue);
        Assert.Equal(404, missing.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => missing.Value);
    }

    [Fact]
    public async Task UpdateEntity_with_a_wrong_ETag_is_412_and_of_a_missing_row_404()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), Stale));
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (stale.Status, stale.ErrorCode));
        Assert.Equal((404, "ResourceNotFound"), (missing.Status, missing.ErrorCode));
        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
    }

    [Fact]
    public async Task UpdateEntity_merges_unless_told_to_replace_and_gives_a_new_ETag()
    {
        var table = await azurite.NewTableAsync();
        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 });

        var merged = await table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = 2 }, added.Headers.ETag!.Value);
        var afterMerge = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["C"] = 3 }, merged.Headers.ETag!.Value, TableUpdateMode.Replace);
        var afterReplace = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((1, 2), (afterMerge.GetInt32("A"), afterMerge.GetInt32("B")));
        Assert.Equal((null, null, 3), (afterReplace.GetInt32("A"), afterReplace.GetInt32("B"), afterReplace.GetInt32("C")));
    }

    [Fact]
    public async Task UpsertEntity_inserts_then_merges_or_replaces()
    {
        var table = await azurite.NewTableAsync();

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2 });
        var merged = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["C"] = 3 }, TableUpdateMode.Replace);
        var replaced = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((1, 2), (merged.GetInt32("A"), merged.GetInt32("B")));
        Assert.Equal((null, 3), (replaced.GetInt32("A"), replaced.GetInt32("C")));
    }

    [Fact]
    public async Task DeleteEntity_without_an_ETag_is_unconditional_and_a_missing_row_is_no_exception()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", Stale));
        var deleted = await table.DeleteEntityAsync("p", "r");
        var again = await table.DeleteEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((412, 204, 404), (stale.Status, deleted.Status, again.Status));
    }

    [Fact]
    public async Task Select_returns_the_named_columns_only()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var row = (await table.GetEntityAsync<TableEntity>("p", "r", ["B"])).Value;

        Assert.Equal((null, 2), (row.GetInt32("A"), row.GetInt32("B")));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("''")]
    [InlineData("100%")]
    [InlineData("a%27b")]
    [InlineData("a b+c&d=e;f,g")]
    [InlineData("(x)',RowKey='y")]
    [InlineData("{PUT} \"quoted\"")]
    [InlineData("Tiranë €")]
    [InlineData("")]
    public async Task A_key_of_any_allowed_character_finds_its_row(string key)
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity(key, "r") { ["Side"] = "partition" });
        await table.AddEntityAsync(new TableEntity("p", key) { ["Side"] = "row" });

        await table.UpdateEntityAsync(new TableEntity("p", key) { ["Updated"] = true }, ETag.All);

        Assert.Equal("partition", (await table.GetEntityAsync<TableEntity>(key, "r")).Value.GetString("Side"));
        var row = (await table.GetEntityAsync<TableEntity>("p", key)).Value;
        Assert.Equal((key, "row", true), (row.RowKey, row.GetString("Side"), row.GetBoolean("Updated")));
        Assert.Equal(204, (await table.DeleteEntityAsync("p", key)).Status);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    public async Task A_key_with_a_disallowed_character_is_refused_by_the_service(string key)
    {
        var table = await azurite.NewTableAsync();

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", key)));

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task The_synchronous_calls_do_the_same()
    {
        var table = azurite.Service().GetTableClient(TableFixture.NewName(out _));
        Assert.Equal(table.Name, table.CreateIfNotExists().Value.Name);
        Assert.Equal(409, table.CreateIfNotExists().GetRawResponse().Status);
        Assert.Equal(409, Assert.Throws<RequestFailedException>(() => table.Create()).Status);

        table.AddEntity(new TableEntity("p", "r"));
        table.UpsertEntity(new TableEntity("p", "r") { ["A"] = 1 });
        table.UpdateEntity(new TableEntity("p", "r") { ["B"] = 2 }, ETag.All);
        table.SubmitTransaction([new(TableTransactionActionType.Add, new TableEntity("p", "s"))]);

        Assert.Equal(1, table.GetEntity<TableEntity>("p", "r").Value.GetInt32("A"));
        Assert.True(table.GetEntityIfExists<TableEntity>("p", "r").HasValue);
        Assert.Equal(2, table.Query<TableEntity>().Count());
        Assert.Equal(204, table.DeleteEntity("p", "r").Status);
        Assert.Equal(204, table.Delete().Status);
        Assert.Equal(404, (await table.DeleteAsync()).Status);
        Assert.Equal("TableNotFound", Assert.Throws<RequestFailedException>(() => table.AddEntity(new TableEntity("p", "r"))).ErrorCode);
    }
}
