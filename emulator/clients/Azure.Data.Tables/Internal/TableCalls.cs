using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;
using Serverless.Emulator.Diagnostics;

namespace Azure.Data.Tables.Internal;

/// <summary>Sends composed requests and reads their answers; the operations on tables that both clients offer.</summary>
internal static class TableCalls
{
    /// <param name="operation">What the client was asked for: the calling method.</param>
    public static void Send(
        this TableRequests requests, HttpMessage message, CancellationToken cancellationToken, string client = nameof(TableClient), [CallerMemberName] string operation = "")
    {
        using var span = requests.Diagnostics.Start(client, operation);
        try
        {
            requests.Pipeline.Send(message, cancellationToken);
            Tell(span, message, operation);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    /// <inheritdoc cref="Send"/>
    public static ValueTask SendAsync(
        this TableRequests requests, HttpMessage message, CancellationToken cancellationToken, string client = nameof(TableClient), [CallerMemberName] string operation = "")
    {
        var span = requests.Diagnostics.Start(client, operation);
        return span.Activity is null ? requests.Pipeline.SendAsync(message, cancellationToken) : TracedAsync(requests, message, span, operation, cancellationToken);
    }

    private static async ValueTask TracedAsync(TableRequests requests, HttpMessage message, ClientSpan started, string operation, CancellationToken cancellationToken)
    {
        using var span = started;
        try
        {
            await requests.Pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            Tell(span, message, operation);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    /// <summary>A refusal fails the span, unless the operation takes it for an answer.</summary>
    private static void Tell(ClientSpan span, HttpMessage message, string operation)
    {
        if (span.Activity is null || message.Response.Status < 400)
            return;
        var isAnswer = (message.Response.Status, operation) is (404, "GetEntityIfExistsAsync" or "DeleteEntityAsync" or "DeleteAsync" or "GetEntityIfExists" or "DeleteEntity" or "Delete") or (409, "CreateIfNotExistsAsync" or "CreateIfNotExists");
        if (!isAnswer)
            span.Failed(message.Response);
    }

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
