using Azure.Data.Tables;

namespace Serverless.Emulator.Tests.Clients.Tables;

/// <summary>String and expression filters, pages and continuation tokens.</summary>
public sealed class Queries(TableFixture azurite)
{
    [Fact]
    public void CreateQueryFilter_formats_and_escapes_every_argument()
    {
        var id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");
        var moment = new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal("PartitionKey eq 'it''s' and A eq 1", TableClient.CreateQueryFilter($"PartitionKey eq {"it's"} and A eq {1}"));
        Assert.Equal(
            "A eq 5L and B eq 2.0 and C eq true and D eq guid'01234567-89ab-cdef-0123-456789abcdef'"
            + " and E eq datetime'2026-11-21T22:00:00.0000000Z' and F eq X'00ff'",
            TableClient.CreateQueryFilter($"A eq {5L} and B eq {2d} and C eq {true} and D eq {id} and E eq {moment} and F eq {new byte[] { 0, 255 }}"));
    }

    [Fact]
    public void An_expression_becomes_a_filter()
    {
        var partition = "it's";
        var limits = new { Minor = 10L };
        var wanted = Channel.Web;

        Assert.Equal("PartitionKey eq 'it''s'", TableClient.CreateQueryFilter<Payment>(row => row.PartitionKey == partition));
        Assert.Equal(
            "(PartitionKey eq 'it''s') and (RowKey ge 'a')",
            TableClient.CreateQueryFilter<Payment>(row => row.PartitionKey == partition && row.RowKey.CompareTo("a") >= 0));
        Assert.Equal("RowKey lt 'b'", TableClient.CreateQueryFilter<Payment>(row => string.Compare(row.RowKey, "b") < 0));
        Assert.Equal("(Minor gt 10L) or (not (IsOpen eq true))", TableClient.CreateQueryFilter<Payment>(row => row.Minor > limits.Minor || !row.IsOpen));
        Assert.Equal("Minor gt 10L", TableClient.CreateQueryFilter<Payment>(row => limits.Minor < row.Minor));
        Assert.Equal("Channel eq 'Web'", TableClient.CreateQueryFilter<Payment>(row => row.Channel == wanted));
        Assert.Equal("OptionalCount eq 3", TableClient.CreateQueryFilter<Payment>(row => row.OptionalCount == 3));
        Assert.Equal("renamed_column eq 'x'", TableClient.CreateQueryFilter<Payment>(row => row.Renamed == "x"));
        Assert.Equal("Text eq 'x'", TableClient.CreateQueryFilter<TableEntity>(row => row.GetString("Text") == "x"));
        Assert.Equal("TableName eq 'x'", TableServiceClient.CreateQueryFilter(table => table.Name == "x"));
        Assert.Equal("", TableClient.CreateQueryFilter<Payment>(row => true));
    }

    [Fact]
    public void What_the_service_cannot_do_is_not_supported()
    {
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Payment>(row => row.Text!.StartsWith("xy", StringComparison.Ordinal)));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Payment>(row => row.Text == null));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Payment>(row => row.Count == row.Minor));
    }

    [Fact]
    public async Task Filters_of_every_type_select_their_row()
    {
        var table = await azurite.NewTableAsync();
        var id = Guid.NewGuid();
        var moment = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        await table.AddEntityAsync(new Payment { PartitionKey = "it's", RowKey = "1", Count = 5, Minor = 10_000_000_000, Rate = 1.5, IsOpen = true, Id = id, BookedAt = moment, Channel = Channel.Web });
        await table.AddEntityAsync(new Payment { PartitionKey = "it's", RowKey = "2", Count = 6, Minor = 1, Rate = 2.5, BookedAt = moment.AddDays(1) });

        async Task<string> Rows(string filter) =>
            string.Join(' ', await table.QueryAsync<Payment>(filter).Select(row => row.RowKey).ToListAsync());

        Assert.Equal("1 2", await Rows(TableClient.CreateQueryFilter($"PartitionKey eq {"it's"}")));
        Assert.Equal("1", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.Count == 5)));
        Assert.Equal("1", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.Minor > 1)));
        Assert.Equal("2", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.Rate > 2)));
        Assert.Equal("1", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.IsOpen)));
        Assert.Equal("1", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.Id == id)));
        Assert.Equal("2", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.BookedAt > moment)));
        Assert.Equal("1", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.Channel == Channel.Web)));
        Assert.Equal("2", await Rows(TableClient.CreateQueryFilter<Payment>(row => row.PartitionKey == "it's" && row.RowKey.CompareTo("1") > 0)));
    }

    [Fact]
    public async Task A_query_returns_all_pages_in_key_order_and_can_be_resumed_at_any_of_them()
    {
        var table = await azurite.NewTableAsync();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 25)
            .Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row:D2}"))));

        var pages = await table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages().ToListAsync();
        Assert.Equal([10, 10, 5], pages.Select(page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);

        var rest = await table.QueryAsync<TableEntity>().AsPages(pages[0].ContinuationToken, pageSizeHint: 7).ToListAsync();
        Assert.Equal([7, 7, 1], rest.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(10, 15).Select(row => $"{row:D2}"), rest.SelectMany(page => page.Values).Select(row => row.RowKey));

        Assert.Equal(25, table.Query<TableEntity>(row => row.PartitionKey == "p", maxPerPage: 4).Count());
    }

    [Fact]
    public async Task A_page_holds_at_most_1000_rows()
    {
        var table = await azurite.NewTableAsync();
        foreach (var batch in Enumerable.Range(0, 1001).Chunk(100))
        {
            await table.SubmitTransactionAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row:D4}"))));
        }

        var pages = await table.QueryAsync<TableEntity>(select: ["RowKey"]).AsPages().ToListAsync();

        Assert.Equal([1000, 1], pages.Select(page => page.Values.Count));
    }

    [Fact]
    public async Task Tables_are_listed_by_filter()
    {
        var service = azurite.Service();
        await service.CreateTableIfNotExistsAsync(TableFixture.NewName(out var name));

        Assert.Equal([name], await service.QueryAsync(table => table.Name == name).Select(table => table.Name).ToListAsync());
        Assert.Equal([name], service.Query((FormattableString)$"TableName eq {name}").Select(table => table.Name));
        Assert.Equal(204, (await service.DeleteTableAsync(name)).Status);
        Assert.Empty(await service.QueryAsync($"TableName eq '{name}'").ToListAsync());
    }
}
