using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Emulator.Diagnostics;

namespace Azure.Data.Tables.Internal;

/// <summary>Composes the requests of the Tables REST protocol for one account; shared by all clients of a service client.</summary>
internal sealed class TableRequests(Uri endpoint, HttpPipeline pipeline, string version, ClientDiagnostics diagnostics)
{
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";

    public Uri Endpoint { get; } = endpoint;

    public HttpPipeline Pipeline { get; } = pipeline;

    public ClientDiagnostics Diagnostics { get; } = diagnostics;

    public HttpMessage CreateTable(string table)
    {
        var message = Create(RequestMethod.Post, "/Tables");
        message.Request.Headers.Add("Prefer", "return-no-content");
        return WithBody(message, System.Text.Encoding.UTF8.GetBytes($"{{\"TableName\":\"{System.Text.Json.JsonEncodedText.Encode(table)}\"}}"));
    }

    public HttpMessage DeleteTable(string table) => Create(RequestMethod.Delete, $"/Tables('{Uri.EscapeDataString(table)}')");

    public HttpMessage QueryTables(string? filter, int? top, string? continuation)
    {
        var message = Create(RequestMethod.Get, "/Tables");
        AppendQuery(message, filter, top, null);
        if (!string.IsNullOrEmpty(continuation))
            message.Request.Uri.AppendQuery("NextTableName", continuation, escapeValue: true);
        return message;
    }

    public HttpMessage GetEntity(string table, string partitionKey, string rowKey, string? select)
    {
        var message = Create(RequestMethod.Get, EntityPath(table, partitionKey, rowKey));
        AppendQuery(message, null, null, select);
        return message;
    }

    public HttpMessage QueryEntities(string table, string? filter, int? top, string? select, string? nextPartitionKey, string? nextRowKey)
    {
        var message = Create(RequestMethod.Get, $"/{table}()");
        AppendQuery(message, filter, top, select);
        if (!string.IsNullOrEmpty(nextPartitionKey))
            message.Request.Uri.AppendQuery("NextPartitionKey", nextPartitionKey, escapeValue: true);
        if (!string.IsNullOrEmpty(nextRowKey))
            message.Request.Uri.AppendQuery("NextRowKey", nextRowKey, escapeValue: true);
        return message;
    }

    public HttpMessage InsertEntity(string table, ITableEntity entity)
    {
        var message = Create(RequestMethod.Post, $"/{table}");
        message.Request.Headers.Add("Prefer", "return-no-content");
        return WithBody(message, EntityJson.Serialize(entity));
    }

    /// <summary>With an ETag an update, without one an insert-or-merge or insert-or-replace.</summary>
    public HttpMessage WriteEntity(string table, ITableEntity entity, TableUpdateMode mode, ETag? ifMatch)
    {
        var message = Create(MethodOf(mode), EntityPath(table, entity.PartitionKey, entity.RowKey));
        if (ifMatch is { } etag)
            message.Request.Headers.Add("If-Match", etag.ToString());
        return WithBody(message, EntityJson.Serialize(entity));
    }

    public HttpMessage DeleteEntity(string table, string partitionKey, string rowKey, ETag ifMatch)
    {
        var message = Create(RequestMethod.Delete, EntityPath(table, partitionKey, rowKey));
        message.Request.Headers.Add("If-Match", ifMatch.ToString());
        return message;
    }

    public HttpMessage Batch(TransactionBody body)
    {
        var message = Create(RequestMethod.Post, "/$batch");
        message.Request.Headers.Add("Content-Type", body.ContentType);
        message.Request.Content = RequestContent.Create(body.Content);
        return message;
    }

    public static RequestMethod MethodOf(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => RequestMethod.Patch,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}"),
    };

    public static string EntityPath(string table, string partitionKey, string rowKey) =>
        $"/{table}(PartitionKey='{EscapeKey(partitionKey)}',RowKey='{EscapeKey(rowKey)}')";

    private static string EscapeKey(string key) => Uri.EscapeDataString(ODataLiteral.Escape(key));

    private HttpMessage Create(RequestMethod method, string path)
    {
        var message = Pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(Endpoint);
        request.Uri.AppendPath(path, escape: false);
        request.Headers.Add("x-ms-version", version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", MinimalMetadata);
        return message;
    }

    private static HttpMessage WithBody(HttpMessage message, ReadOnlyMemory<byte> json)
    {
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(json);
        return message;
    }

    private static void AppendQuery(HttpMessage message, string? filter, int? top, string? select)
    {
        var uri = message.Request.Uri;
        if (top is { } rows)
            uri.AppendQuery("$top", rows.ToString(System.Globalization.CultureInfo.InvariantCulture), escapeValue: false);
        if (!string.IsNullOrEmpty(select))
            uri.AppendQuery("$select", select, escapeValue: true);
        if (!string.IsNullOrEmpty(filter))
            uri.AppendQuery("$filter", filter, escapeValue: true);
    }
}
