using Azure;
using Azure.Data.Tables;

namespace Serverless.Emulator.Tests.Clients.Tables;

/// <summary>Columns of every type, in classes and dictionaries.</summary>
public sealed class EntityColumns(TableFixture azurite)
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

    [Fact]
    public async Task A_dictionary_comes_back_with_every_column_in_its_own_type()
    {
        var table = await azurite.NewTableAsync();
        var moment = new DateTime(2026, 11, 21, 22, 0, 0, DateTimeKind.Utc).AddTicks(7);
        var id = Guid.NewGuid();
        await table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["String"] = "",
            ["Int32"] = int.MinValue,
            ["Int64"] = 1L,
            ["Double"] = 2d,
            ["NaN"] = double.NaN,
            ["Boolean"] = false,
            ["DateTime"] = moment,
            ["DateTimeOffset"] = new DateTimeOffset(moment),
            ["Guid"] = id,
            ["Binary"] = new byte[] { 1 },
            ["BinaryData"] = BinaryData.FromBytes(new byte[] { 2 }),
            ["Null"] = null!,
        });

        var row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal("", row.GetString("String"));
        Assert.Equal(int.MinValue, row.GetInt32("Int32"));
        Assert.Equal(1L, row.GetInt64("Int64"));
        Assert.Equal(2d, row.GetDouble("Double"));
        Assert.Equal(double.NaN, row.GetDouble("NaN"));
        Assert.False(row.GetBoolean("Boolean"));
        Assert.Equal(moment, row.GetDateTime("DateTime"));
        Assert.Equal(new DateTimeOffset(moment), row.GetDateTimeOffset("DateTimeOffset"));
        Assert.Equal(id, row.GetGuid("Guid"));
        Assert.Equal([1], row.GetBinary("Binary")!);
        Assert.Equal([2], row.GetBinaryData("BinaryData")!.ToArray());
        Assert.False(row.ContainsKey("Null"));
        Assert.Null(row["Absent"]);
        Assert.Null(row.GetInt32("Absent"));
        Assert.Throws<InvalidOperationException>(() => row.GetInt64("Int32"));
    }

    [Fact]
    public async Task A_null_leaves_the_stored_column_alone_on_a_merge()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new Payment { PartitionKey = "p", RowKey = "r", Text = "kept" });

        await table.UpdateEntityAsync(new Payment { PartitionKey = "p", RowKey = "r", Count = 2 }, ETag.All);

        var read = (await table.GetEntityAsync<Payment>("p", "r")).Value;
        Assert.Equal(("kept", 2), (read.Text, read.Count));
    }

    [Fact]
    public async Task A_time_that_is_not_utc_is_refused()
    {
        var table = await azurite.NewTableAsync();
        var local = new Payment { PartitionKey = "p", RowKey = "r", At = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) };

        await Assert.ThrowsAsync<NotSupportedException>(() => table.AddEntityAsync(local));
    }

    [Fact]
    public async Task A_type_that_tables_do_not_know_is_refused()
    {
        var table = await azurite.NewTableAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["Amount"] = 1.5m }));
    }

    [Fact]
    public async Task A_column_of_another_type_than_the_property_names_itself()
    {
        var table = await azurite.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Count"] = "not a number" });

        var fault = await Assert.ThrowsAsync<InvalidCastException>(() => table.GetEntityAsync<Payment>("p", "r"));

        Assert.Contains("Count", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_int_assigned_to_a_column_of_int64_or_double_keeps_the_type()
    {
        var row = new TableEntity("p", "r") { ["Minor"] = 1L, ["Rate"] = 1d };

        row["Minor"] = 2;
        row["Rate"] = 2;

        Assert.Equal(2L, row.GetInt64("Minor"));
        Assert.Equal(2d, row.GetDouble("Rate"));
    }
}
