using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <summary>
/// Table fxboards, one partition, because a board is written a few times a day: rows <c>at|…</c> by when they begin, latest first, so that the board in force is
/// one read; rows <c>id|…</c> so that one is published once. Nothing is ever changed.
/// </summary>
internal sealed class RateBoardTable(BankTables tables)
{
    public const string Name = "fxboards";

    private const string Partition = "board";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    /// <returns>Null when it was added; else the board of that id, and what it was asked for with.</returns>
    public async Task<(RateBoard Board, string RequestHash)?> AddAsync(RateBoard board, string requestHash, CancellationToken cancellation)
    {
        var row = Row(board);
        var isAdded = await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity(Partition, row) { ["Board"] = StoredJson.Write(board) }),
                new(TableTransactionActionType.Add, new TableEntity(Partition, IdRow(board.Id)) { ["Row"] = row, ["RequestHash"] = requestHash }),
            ],
            cancellation);
        return isAdded ? null : (await FindAsync(board.Id, cancellation))!.Value;
    }

    public async Task<(RateBoard Board, string RequestHash)?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, IdRow(id), cancellationToken: cancellation);
        if (!found.HasValue)
            return null;
        var row = await Table.GetEntityAsync<TableEntity>(Partition, found.Value!.GetString("Row")!, cancellationToken: cancellation);
        return (From(row.Value), found.Value.GetString("RequestHash")!);
    }

    /// <summary>Those that begin later, latest first, and after them the one in force.</summary>
    public async Task<IReadOnlyList<RateBoard>> StandingAsync(Instant now, CancellationToken cancellation)
    {
        var boards = new List<RateBoard>();
        await foreach (var row in Table.QueryAsync<TableEntity>(Filter(""), maxPerPage: 10, cancellationToken: cancellation))
        {
            boards.Add(From(row));
            if (boards[^1].ValidFrom <= now)
                break;
        }

        return boards;
    }

    public async Task<Page<RateBoard>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        var boards = new List<RateBoard>();
        await foreach (var row in Table.QueryAsync<TableEntity>(Filter(page.After ?? ""), maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (boards.Count == page.Limit)
                return new Page<RateBoard>(boards, Row(boards[^1]));
            boards.Add(From(row));
        }

        return new Page<RateBoard>(boards, null);
    }

    private static string Filter(string after) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {(after.Length == 0 ? "at|" : after)} and RowKey lt {"at|~"}");

    private static string Row(RateBoard board) => $"at|{Reversed(board.ValidFrom)}|{Reversed(board.PublishedAt)}|{board.Id:N}";

    private static string IdRow(Guid id) => $"id|{id:N}";

    private static string Reversed(Instant moment) => (Latest - moment.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture);

    private static RateBoard From(TableEntity row) => StoredJson.Read<RateBoard>(row.GetString("Board")!);
}
