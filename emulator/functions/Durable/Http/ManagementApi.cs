using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.Client;

namespace Serverless.Emulator.Durable.Http;

/// <summary>The webhooks of Durable Functions: <c>/runtime/webhooks/durabletask/</c>.</summary>
/// <remarks>No key is asked for, as with a host on a developer's machine.</remarks>
internal sealed class ManagementApi(HubClient client, FunctionTasks tasks)
{
    private const string Root = "/runtime/webhooks/durabletask";
    private const string ContinuationHeader = "x-ms-continuation-token";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root);
        api.MapPost("orchestrators/{name}/{instanceId?}", StartAsync);
        // As a plain method group either would be taken for a RequestDelegate, and its result dropped.
        api.MapGet("instances", (Func<HttpContext, Task<IResult>>)ListAsync);
        api.MapDelete("instances", (Func<HttpContext, Task<IResult>>)PurgeManyAsync);
        api.MapGet("instances/{instanceId}", GetAsync);
        api.MapDelete("instances/{instanceId}", PurgeAsync);
        api.MapPost("instances/{instanceId}/raiseEvent/{eventName}", RaiseAsync);
        api.MapPost("instances/{instanceId}/terminate", (HttpContext http, string instanceId) =>
            OrderAsync(instanceId, http, (id, reason) => client.TerminateInstanceAsync(id, (object?)reason, http.RequestAborted)));
        api.MapPost("instances/{instanceId}/suspend", (HttpContext http, string instanceId) =>
            OrderAsync(instanceId, http, (id, reason) => client.SuspendInstanceAsync(id, reason, http.RequestAborted)));
        api.MapPost("instances/{instanceId}/resume", (HttpContext http, string instanceId) =>
            OrderAsync(instanceId, http, (id, reason) => client.ResumeInstanceAsync(id, reason, http.RequestAborted)));
        api.MapPost("instances/{instanceId}/restart", RestartAsync);
    }

    private async Task<IResult> StartAsync(HttpContext http, string name, string? instanceId)
    {
        if (!tasks.HasOrchestrator(name))
            return Results.Text($"The orchestrator function '{name}' doesn't exist or is disabled.", statusCode: 400);
        if (await JsonBody.ReadAsync(http.Request) is not { IsValid: true } body)
            return Results.Text("The body is not JSON.", statusCode: 400);

        try
        {
            var id = instanceId ?? Guid.NewGuid().ToString("N");
            InstanceIds.Check(id);
            await client.StartAsync(name, id, body.Text, null, http.RequestAborted);
            return Started(http, id);
        }
        catch (ArgumentException e)
        {
            return Results.Text(e.Message, statusCode: 400);
        }
        catch (DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException e)
        {
            return Results.Text(e.Message, statusCode: 409);
        }
    }

    private async Task<IResult> GetAsync(HttpContext http, string instanceId)
    {
        if (await client.GetInstanceAsync(instanceId, true, http.RequestAborted) is not { } instance)
            return Results.NotFound();

        var history = Flag(http, "showHistory", false) ? await client.HistoryAsync(instanceId, http.RequestAborted) : null;
        var body = InstanceStatus.Of(instance, Flag(http, "showInput", true), history);
        if (instance.IsCompleted)
        {
            var isFault = instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && Flag(http, "returnInternalServerErrorOnFailure", false);
            return Results.Text(body.ToJsonString(), "application/json", statusCode: isFault ? 500 : 200);
        }

        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}";
        http.Response.Headers.RetryAfter = "10";
        return Results.Text(body.ToJsonString(), "application/json", statusCode: 202);
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        if (!InstanceQuery.TryRead(http.Request, out var query, out var fault))
            return Results.Text(fault, statusCode: 400);

        var token = Token(http.Request.Headers[ContinuationHeader]);
        await foreach (var page in client.GetAllInstancesAsync(query with { FetchInputsAndOutputs = true })
            .AsPages(token, query.PageSize).WithCancellation(http.RequestAborted))
        {
            http.Response.Headers[ContinuationHeader] =
                page.ContinuationToken is { } next ? Convert.ToBase64String(Encoding.UTF8.GetBytes(next)) : "";
            var showsInput = Flag(http, "showInput", true);
            return Results.Text($"[{string.Join(',', page.Values.Select(one => InstanceStatus.Of(one, showsInput, null).ToJsonString()))}]", "application/json");
        }

        return Results.Text("[]", "application/json");
    }

    private async Task<IResult> PurgeAsync(HttpContext http, string instanceId) =>
        Purged(await client.PurgeInstanceAsync(instanceId, http.RequestAborted));

    private async Task<IResult> PurgeManyAsync(HttpContext http)
    {
        if (!InstanceQuery.TryRead(http.Request, out var query, out var fault))
            return Results.Text(fault, statusCode: 400);
        if (query.CreatedFrom is null)
            return Results.Text("Please provide value for 'createdTimeFrom' parameter.", statusCode: 400);

        return Purged(await client.PurgeAllInstancesAsync(new(query.CreatedFrom, query.CreatedTo, query.Statuses), http.RequestAborted));
    }

    private async Task<IResult> RaiseAsync(HttpContext http, string instanceId, string eventName)
    {
        if (!http.Request.HasJsonContentType())
            return Results.Text("Only application/json request content is supported", statusCode: 400);
        if (await JsonBody.ReadAsync(http.Request) is not { IsValid: true } body)
            return Results.Text("The body is not JSON.", statusCode: 400);

        return await RefusableAsync(() => client.RaiseAsync(instanceId, eventName, body.Text, http.RequestAborted));
    }

    private async Task<IResult> RestartAsync(HttpContext http, string instanceId)
    {
        if (await client.GetInstanceAsync(instanceId, true, http.RequestAborted) is not { } instance)
            return Results.NotFound();
        if (!instance.IsCompleted)
            return Results.Text($"The instance is {instance.RuntimeStatus}.", statusCode: 409);

        var id = Flag(http, "restartWithNewInstanceId", true) ? Guid.NewGuid().ToString("N") : instanceId;
        await client.StartAsync(instance.Name, id, instance.SerializedInput, null, http.RequestAborted);
        return Started(http, id);
    }

    private static Task<IResult> OrderAsync(string instanceId, HttpContext http, Func<string, string?, Task> order) =>
        RefusableAsync(() => order(instanceId, http.Request.Query["reason"]));

    private static async Task<IResult> RefusableAsync(Func<Task> order)
    {
        try
        {
            await order();
            return Results.StatusCode(202);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound || e.Status.Detail.EndsWith("was found.", StringComparison.Ordinal))
        {
            return Results.NotFound();
        }
        catch (RpcException e)
        {
            return Results.Text(e.Status.Detail, statusCode: 410);
        }
    }

    private static IResult Started(HttpContext http, string instanceId)
    {
        var payload = HttpManagementPayload.Of($"{http.Request.Scheme}://{http.Request.Host}", instanceId);
        http.Response.Headers.Location = payload.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = "10";
        return Results.Json(payload, statusCode: 202);
    }

    private static IResult Purged(PurgeResult result) => result.PurgedInstanceCount == 0
        ? Results.NotFound()
        : Results.Json(new { instancesDeleted = result.PurgedInstanceCount });

    /// <summary>A token that was tampered with begins the list anew.</summary>
    private static string? Token(string? header)
    {
        var bytes = new byte[header?.Length ?? 0];
        return !string.IsNullOrEmpty(header) && Convert.TryFromBase64String(header, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : null;
    }

    private static bool Flag(HttpContext http, string name, bool otherwise) =>
        bool.TryParse(http.Request.Query[name], out var flag) ? flag : otherwise;
}
