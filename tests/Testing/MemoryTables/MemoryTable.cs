using Azure;
using Azure.Data.Tables;

namespace Serverless.Testing;

/// <summary>One action on one row, read from the entity when it is made, so that a caller who changes the entity later changes nothing.</summary>
internal sealed class MemoryChange
{
    public MemoryChange(TableTransactionAction action)
        : this(action.ActionType, action.Entity, action.ETag == default ? ETag.All : action.ETag)
    {
    }

    public MemoryChange(TableTransactionActionType type, ITableEntity entity, ETag ifMatch)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        (Type, Partition, Key, IfMatch) = (type, entity.PartitionKey, entity.RowKey, ifMatch);
        Columns = type == TableTransactionActionType.Delete ? [] : EntityShape.Write(entity);
        Stored = Columns.Count == 0 ? [] : StoredColumns.Write(Columns);
    }

    public TableTransactionActionType Type { get; }

    public string Partition { get; }

    public string Key { get; }

    /// <summary>Of updates and deletes.</summary>
    public ETag IfMatch { get; }

    /// <summary>Without the keys.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object>> Columns { get; }

    /// <summary>The same, as they are stored unless they are merged into others.</summary>
    public byte[] Stored { get; }
}

/// <summary>Rows in the order of their keys, changed in groups.</summary>
internal sealed class MemoryTable
{
    public const int RowsPerPage = 1000;

    private const int ActionsAtMost = 100;

    private static long versions;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Rows> partitions = new(StringComparer.Ordinal);
    private readonly OrderedKeys partitionKeys = new();

    public MemoryRow? Find(string partition, string key)
    {
        lock (gate)
        {
            return partitions.TryGetValue(partition, out var rows) && rows.ByKey.TryGetValue(key, out var row) ? row : null;
        }
    }

    public IReadOnlyList<MemoryRow> All()
    {
        lock (gate)
        {
            return [.. partitions.Values.SelectMany(rows => rows.ByKey.Values)];
        }
    }

    /// <summary>All changes or none. Azurite and the service name the first that cannot be made.</summary>
    /// <param name="isGroup">Names the refused change, even of one.</param>
    /// <returns>The rows as they are now, in the order of the changes; null for a deleted one.</returns>
    /// <exception cref="RequestFailedException">Nothing was changed.</exception>
    public MemoryRow?[] Apply(MemoryChange[] changes, bool isGroup)
    {
        if (changes.Length > ActionsAtMost)
        {
            throw MemoryRefusal.Invalid("InvalidInput", "The batch request operation exceeds the maximum 100 changes per change set.");
        }

        TableLimits.Check(changes, isGroup);
        lock (gate)
        {
            var rows = partitions.GetValueOrDefault(changes[0].Partition);
            for (var index = 0; index < changes.Length; index++)
            {
                Refuse(changes[index], rows?.ByKey.GetValueOrDefault(changes[index].Key), isGroup ? index : null);
            }

            return Array.ConvertAll(changes, Change);
        }
    }

    /// <exception cref="RequestFailedException">The changes are of two partitions.</exception>
    public static void RefuseSecondPartition(MemoryChange[] changes)
    {
        for (var index = 1; index < changes.Length; index++)
        {
            if (changes[index].Partition != changes[0].Partition)
            {
                throw MemoryRefusal.Of(
                    400, "CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on same entity group.", index);
            }
        }
    }

    /// <param name="token">Where the page begins, as an earlier page gave it.</param>
    /// <param name="top">1 to <see cref="RowsPerPage"/>.</param>
    /// <returns>Rows that match, in the order of partition and row key; and where the next match is.</returns>
    public (List<MemoryRow> Rows, string? Next) Query(TableFilter filter, string? token, int top)
    {
        if (top is < 1 or > RowsPerPage)
        {
            throw MemoryRefusal.Invalid("InvalidInput", "One of the request inputs is not valid.");
        }

        var found = new List<MemoryRow>();
        lock (gate)
        {
            foreach (var row in InOrder(filter, token is null ? null : Position.Read(token)))
            {
                if (!filter.Matches(row))
                {
                    continue;
                }

                if (found.Count == top)
                {
                    return (found, new Position(row.Partition, row.Key).ToToken());
                }

                found.Add(row);
            }
        }

        return (found, null);
    }

    private static void Refuse(MemoryChange change, MemoryRow? row, int? index)
    {
        switch (change.Type)
        {
            case TableTransactionActionType.Add when row is not null:
                throw MemoryRefusal.Of(409, "EntityAlreadyExists", "The specified entity already exists.", index);
            case TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete when row is null:
                throw MemoryRefusal.NotFound(index);
            case TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete
                when change.IfMatch != ETag.All && change.IfMatch != row.ETag:
                throw MemoryRefusal.Of(
                    412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.", index);
        }
    }

    private MemoryRow? Change(MemoryChange change)
    {
        if (!partitions.TryGetValue(change.Partition, out var rows))
        {
            partitions[change.Partition] = rows = new Rows(change.Partition);
            partitionKeys.Add(change.Partition);
        }

        if (change.Type == TableTransactionActionType.Delete)
        {
            rows.ByKey.Remove(change.Key);
            rows.Keys.Remove(change.Key);
            if (rows.ByKey.Count == 0)
            {
                partitions.Remove(change.Partition);
                partitionKeys.Remove(change.Partition);
            }

            return null;
        }

        var before = rows.ByKey.GetValueOrDefault(change.Key);
        var stored = before is not null && change.Type is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge
            ? Merge(before.Stored, change.Columns)
            : change.Stored;
        var row = new MemoryRow(rows.Partition, before?.Key ?? change.Key, Interlocked.Increment(ref versions), TimeProvider.System.GetUtcNow(), stored);
        rows.ByKey[row.Key] = row;
        if (before is null)
        {
            rows.Keys.Add(row.Key);
        }

        return row;
    }

    private static byte[] Merge(byte[] stored, IEnumerable<KeyValuePair<string, object>> changed)
    {
        var columns = new Dictionary<string, object>(StoredColumns.Read(stored));
        foreach (var (name, value) in changed)
        {
            columns[name] = value;
        }

        return StoredColumns.Write(columns);
    }

    private IEnumerable<MemoryRow> InOrder(TableFilter filter, Position? from)
    {
        var (partitionFrom, partitionTo) = filter.Partitions;
        var first = from is { } position && string.CompareOrdinal(position.Partition, partitionFrom) > 0 ? position.Partition : partitionFrom;
        foreach (var partition in partitionKeys.Between(first, partitionTo))
        {
            var rows = partitions[partition];
            var (keyFrom, keyTo) = filter.Rows;
            if (from is { } start && start.Partition == partition && string.CompareOrdinal(start.Key, keyFrom) > 0)
            {
                keyFrom = start.Key;
            }

            foreach (var key in rows.Keys.Between(keyFrom, keyTo))
            {
                yield return rows.ByKey[key];
            }
        }
    }

    private sealed class Rows(string partition)
    {
        public string Partition => partition;

        public Dictionary<string, MemoryRow> ByKey { get; } = new(StringComparer.Ordinal);

        public OrderedKeys Keys { get; } = new();
    }

    /// <summary>Of the row with which the next page begins.</summary>
    private readonly record struct Position(string Partition, string Key)
    {
        public string ToToken() => $"{Encode(Partition)} {Encode(Key)}";

        public static Position Read(string token)
        {
            var parts = token.Split(' ');
            return new Position(Decode(parts[0]), Decode(parts[1]));
        }

        private static string Encode(string key) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key));

        private static string Decode(string key) => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(key));
    }
}
