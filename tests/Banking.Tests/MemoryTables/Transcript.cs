using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Serverless.Banking.Tests.MemoryTables;

/// <summary>What a table answers to a script of calls, one line a call.</summary>
/// <remarks>An ETag is shown when it is read with its row, as "same" or "new" since the last time: Azurite gives the rows of one moment the same.</remarks>
internal sealed class Transcript(TableClient table)
{
    private readonly StringBuilder lines = new();
    private readonly Dictionary<string, ETag> etags = [];
    private readonly Dictionary<string, ETag> written = [];

    public TableClient Table { get; } = table;

    public override string ToString() => lines.ToString();

    public Task AddAsync(string partition, string row, object? value = null) =>
        DoAsync($"add {partition}/{row}", () => Table.AddEntityAsync(Row(partition, row, value)));

    /// <returns>The ETag that the table gave; default after a refusal.</returns>
    public async Task<ETag> DoAsync(string name, Func<Task<Response>> call)
    {
        ETag given = default;
        await LogAsync(name, async () =>
        {
            var response = await call();
            given = response.Headers.ETag ?? default;
            return $"{response.Status}{(given == default ? "" : " etag")}";
        });
        return given;
    }

    public Task GroupAsync(string name, params TableTransactionAction[] actions) => LogAsync(name, async () =>
    {
        var answer = await Table.SubmitTransactionAsync(actions);
        for (var index = 0; index < actions.Length; index++)
        {
            written[Key(actions[index].Entity)] = answer.Value[index].Headers.ETag ?? default;
        }

        return string.Join(' ', answer.Value.Select(part => part.Status));
    });

    public Task ReadAsync(string partition, string row, params string[] select) => LogAsync($"read {partition}/{row} {string.Join(',', select)}", async () =>
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, select.Length == 0 ? null : select);
        return found.HasValue ? Show(found.Value!) : found.GetRawResponse().Status.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>Keys of all rows, page by page.</summary>
    public Task QueryAsync(string? filter, int? maxPerPage = null) => LogAsync($"query {filter} by {maxPerPage}", async () =>
    {
        var pages = new List<string>();
        await foreach (var page in Table.QueryAsync<TableEntity>(filter, maxPerPage).AsPages())
        {
            pages.Add($"[{string.Join(' ', page.Values.Select(row => $"{row.PartitionKey}/{row.RowKey}"))}]{(page.ContinuationToken is null ? "" : "+")}");
        }

        return string.Join(' ', pages);
    });

    public async Task LogAsync(string name, Func<Task<string>> call)
    {
        string answer;
        try
        {
            answer = await call();
        }
        catch (TableTransactionFailedException e)
        {
            answer = $"{e.Status} {e.ErrorCode} at {e.FailedTransactionActionIndex}";
        }
        catch (RequestFailedException e)
        {
            answer = $"{e.Status} {e.ErrorCode}";
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or InvalidCastException)
        {
            answer = e.GetType().Name;
        }

        lines.AppendLine($"{name}: {answer}");
    }

    /// <summary>Every column with its type, in the order of names; system columns by whether they are there.</summary>
    public string Show(TableEntity row) => string.Join(", ", row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => column switch
    {
        { Key: "odata.etag" } => $"etag {Compare(row)}",
        { Key: "Timestamp" } => "timestamp",
        { Value: byte[] bytes } => $"{column.Key}=bytes {Convert.ToHexString(bytes)}",
        { Value: DateTimeOffset moment } => $"{column.Key}=moment {moment:O}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{column.Key}={column.Value.GetType().Name} {column.Value}"),
    }));

    public static TableEntity Row(string partition, string row, object? value = null)
    {
        var entity = new TableEntity(partition, row);
        if (value is not null)
        {
            entity["Value"] = value;
        }

        return entity;
    }

    private string Compare(TableEntity row)
    {
        var isSame = etags.TryGetValue(Key(row), out var last) && last == row.ETag;
        etags[Key(row)] = row.ETag;
        return written.Remove(Key(row), out var given) && given != row.ETag ? "not as written" : isSame ? "same" : "new";
    }

    private static string Key(ITableEntity row) => $"{row.PartitionKey}/{row.RowKey}";
}
