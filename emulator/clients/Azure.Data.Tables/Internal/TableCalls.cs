using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Internal;

/// <summary>Sends composed requests and reads their answers; the operations on tables that both clients offer.</summary>
internal static class TableCalls
{
    public static void Send(this TableRequests requests, HttpMessage message, CancellationToken cancellationToken) =>
        requests.Pipeline.Send(message, cancellationToken);

    public static ValueTask SendAsync(this TableRequests requests, HttpMessage message, CancellationToken cancellationToken) =>
        requests.Pipeline.SendAsync(message, cancellationToken);

    /// <exception cref="RequestFailedException">The answer is an error.</exception>
    public static Response Succeeded(this HttpMessage message) =>
        message.Response.Status < 400 ? message.Response : throw new RequestFailedException(message.Response);

    /// <summary>Nothing to delete is as good as deleted.</summary>
    public static Response SucceededOrMissing(this HttpMessage message) =>
        message.Response.Status == 404 ? message.Response : message.Succeeded();

    public static Response<TableItem> Created(this HttpMessage message, string table) =>
        Response.FromValue(new TableItem(table), message.Succeeded());

    public static Response<TableItem> CreatedOrExisting(this HttpMessage message, string table) =>
        message.Response.Status == 409 && TableErrorParser.ReadCode(message.Response) == TableErrorCode.TableAlreadyExists
            ? Response.FromValue(new TableItem(table), message.Response)
            : message.Created(table);

    public static Page<TableItem> TablePage(this HttpMessage message)
    {
        var response = message.Succeeded();
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        var tables = document.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString()!))
            .ToList();
        response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next);
        return Page<TableItem>.FromValues(tables, next, response);
    }
}
