using System.Buffers;
using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Internal;

/// <summary>The multipart body of an entity-group transaction: one batch holding one changeset, one part per action.</summary>
internal sealed class TransactionBody
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private TransactionBody(string batch) => ContentType = $"multipart/mixed; boundary={batch}";

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Content => _buffer.WrittenMemory;

    /// <exception cref="ArgumentException">An entity lacks a key.</exception>
    public static TransactionBody Write(Uri endpoint, string table, IReadOnlyList<TableTransactionAction> actions)
    {
        var batch = $"batch_{Guid.NewGuid()}";
        var changeset = $"changeset_{Guid.NewGuid()}";
        var body = new TransactionBody(batch);
        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');

        body.Append($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeset}\r\n\r\n");
        for (var index = 0; index < actions.Count; index++)
        {
            body.Append($"--{changeset}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
            body.Append(string.Create(CultureInfo.InvariantCulture, $"Content-ID: {index + 1}\r\n\r\n"));
            body.AppendAction(root, table, actions[index]);
        }

        body.Append($"--{changeset}--\r\n\r\n--{batch}--\r\n");
        return body;
    }

    private void AppendAction(string root, string table, TableTransactionAction action)
    {
        var entity = action.Entity;
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);

        var isAdd = action.ActionType == TableTransactionActionType.Add;
        var path = isAdd ? $"/{table}" : TableRequests.EntityPath(table, entity.PartitionKey, entity.RowKey);
        Append($"{MethodOf(action.ActionType).Method} {root}{path} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
        if (isAdd)
            Append("Prefer: return-no-content\r\n");
        if (IsConditional(action.ActionType))
            Append($"If-Match: {(action.ETag == default ? ETag.All : action.ETag)}\r\n");

        if (action.ActionType == TableTransactionActionType.Delete)
        {
            Append("\r\n\r\n");
            return;
        }

        Append("Content-Type: application/json\r\n\r\n");
        EntityJson.Serialize(entity, _buffer);
        Append("\r\n");
    }

    private static bool IsConditional(TableTransactionActionType type) =>
        type is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete;

    private static RequestMethod MethodOf(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => RequestMethod.Post,
        TableTransactionActionType.Delete => RequestMethod.Delete,
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => RequestMethod.Patch,
        TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => RequestMethod.Put,
        _ => throw new ArgumentException($"Unexpected value for {nameof(type)}: {type}"),
    };

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
