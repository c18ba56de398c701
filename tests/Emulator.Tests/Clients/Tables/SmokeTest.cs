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
}

public sealed class RoundTrip(TableFixture azurite)
{
    [Fact]
    public async Task A_class_comes_back_as_it_was_written()
    {
        var table = await azurite.NewTableAsync();
        var id = Guid.NewGuid();
        var written = new Payment
        {
            PartitionKey = "p'1",
            RowKey = "r",
            Text = "Çmimi është \"1\"",
            Count = -7,
            Minor = long.MaxValue,
            Rate = 5,
            IsOpen = true,
            At = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567),
            BookedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(7654321),
            Id = id,
            Bytes = [0, 255, 1],
            Data = BinaryData.FromBytes(new byte[] { 9, 8 }),
            Channel = Channel.Web,
            OptionalChannel = Channel.Mobile,
            Renamed = "renamed",
            NotStored = "not stored",
        };
        var added = await table.AddEntityAsync(written);

        var response = await table.GetEntityAsync<Payment>("p'1", "r");
        var read = response.Value;

        Assert.Equal(204, added.Status);
        Assert.Equal(added.Headers.ETag, read.ETag);
        Assert.NotNull(read.Timestamp);
        Assert.Equal(
            ("Çmimi është \"1\"", -7, long.MaxValue, 5d, true, written.At, written.BookedAt, id, Channel.Web, (Channel?)Channel.Mobile, "renamed"),
            (read.Text, read.Count, read.Minor, read.Rate, read.IsOpen, read.At, read.BookedAt, read.Id, read.Channel, read.OptionalChannel, read.Renamed));
        Assert.Equal([0, 255, 1], read.Bytes!);
        Assert.Equal([9, 8], read.Data!.ToArray());
        Assert.Null(read.NotStored);
        Assert.Null(read.OptionalCount);

        var row = (await table.GetEntityAsync<TableEntity>("p'1", "r")).Value;
        Assert.Equal(5d, row.GetDouble("Rate"));
        Assert.Equal(long.MaxValue, row.GetInt64("Minor"));
        Assert.Equal(written.BookedAt, row.GetDateTimeOffset("BookedAt"));
        Assert.Equal(id, row.GetGuid("Id"));
        Assert.Equal([0, 255, 1], row.GetBinary("Bytes")!);
        Assert.Equal("Web", row.GetString("Channel"));
        Assert.Equal("renamed", row.GetString("renamed_column"));
        Assert.False(row.ContainsKey("NotStored"));
    }
}
