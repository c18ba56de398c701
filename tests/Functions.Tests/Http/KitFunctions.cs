using System.ComponentModel.DataAnnotations;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Functions.Http;

namespace Serverless.Functions.Tests.Http;

/// <summary>Functions that show one part of the kit each.</summary>
public sealed class KitFunctions
{
    [Function("Kit_Order")]
    [Access(Right.Public), Idempotent, Body<OrderRequest>]
    public Task<IResult> OrderAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "kit/orders")] HttpRequest request) =>
        request.ReadBody<OrderRequest>()
            .Then(body => body.ToOrder())
            .Respond(order => TypedResults.Ok(new OrderResponse(order, request.IdempotencyKey().Value, request.BodyHash())));

    [Function("Kit_Change")]
    [Access(Right.Public), Body<ChangeRequest>]
    public Task<IResult> ChangeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "kit/orders/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<ChangeRequest>().Respond(change => TypedResults.Text(
            $"{id:D} name={(change.Name.IsSet ? change.Name.Value : "absent")} note={(change.Note.IsSet ? change.Note.Value ?? "null" : "absent")}"));

    [Function("Kit_List")]
    [Access(Right.Public), Paged, Query<KitQuery>]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/items")] HttpRequest request)
    {
        var page = request.Page();
        var query = request.Query<KitQuery>();
        var first = page.After is null ? 1 : int.Parse(page.After, System.Globalization.CultureInfo.InvariantCulture);
        var items = Enumerable.Range(first, Math.Min(page.Limit, 6 - first)).ToList();
        var next = first + items.Count <= 5 ? $"{first + items.Count}" : null;
        return Task.FromResult(new Serverless.Banking.Page<int>(items, next)).RespondPage(request, i => $"{query.Colour} {i}");
    }

    [Function("Kit_Throw")]
    [Access(Right.Public)]
    public IResult Throw([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/throws/{what}")] HttpRequest request, string what) => what switch
    {
        "bug" => throw new InvalidOperationException("secret detail"),
        "storage" => throw new RequestFailedException(503, "ServerBusy"),
        "network" => throw new AggregateException("Retry failed after 4 tries.", new RequestFailedException(0, "refused"), new RequestFailedException(0, "refused")),
        "mixed" => throw new AggregateException(new RequestFailedException(0, "refused"), new InvalidOperationException("secret detail")),
        "precondition" => throw new RequestFailedException(412, "UpdateConditionNotSatisfied"),
        "timeout" => throw new TaskCanceledException(),
        _ => TypedResults.NoContent(),
    };

    [Function("Kit_Refuse")]
    [Access(Right.Public)]
    public IResult Refuse([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/refusals/{what}")] HttpRequest request, string what)
    {
        Result<string> result = what switch
        {
            "invalid" => new AmountMalformed("/amount"),
            "conflict" => new KitConflict(new LocalDate(2026, 1, 31)),
            "refused" => new Banking.Ledger.InsufficientFunds(Money.OfMinor(168927, Currency.All)),
            "forbidden" => new RoleMissing([Role.Branch]),
            "missing" => new Banking.Ledger.AccountNotFound(),
            "unavailable" => new StorageUnavailable(),
            _ => "fine",
        };
        return result.Respond(text => TypedResults.Text(text));
    }

    [Function("Kit_Undeclared")]
    public IResult Undeclared([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/undeclared")] HttpRequest request) => TypedResults.NoContent();

    [Function("Kit_Info")]
    [Access(Right.Info)]
    public IResult Info([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/info")] HttpRequest request) => TypedResults.Text(request.Customer().Value);

    [Function("Kit_Payment")]
    [Access(Right.Payment)]
    public IResult Payment([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/payment")] HttpRequest request) => TypedResults.Text(request.Customer().Value);

    [Function("Kit_Branch")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    public IResult Branch([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/branch")] HttpRequest request) => TypedResults.Text(request.Staff().Id);

    [Function("Kit_Confused")]
    [Access(Right.Staff)]
    public IResult Confused([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kit/confused")] HttpRequest request) => TypedResults.Text(request.Customer().Value);
}

public enum Colour
{
    Red,
    DarkBlue,
}

public sealed record KitQuery(Colour Colour = Colour.Red, LocalDate? From = null);

public sealed record LineDto([MaxLength(10)] string Name, [Range(1, 99)] int Count);

public sealed record OrderRequest(
    [MaxLength(20)] string Name,
    AmountDto Amount,
    Guid Account,
    LocalDate On,
    Colour Colour,
    [MaxLength(3)] IReadOnlyList<LineDto> Lines,
    [Pattern("[A-Z]{2}[0-9]{2}")] string? Code = null,
    bool Urgent = false)
{
    public Result<string> ToOrder()
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        input.Check(Name != "forbidden", () => new PatternMismatch("/name", "not forbidden"));
        return input.Result(() => $"{Name} {amount} {On:uuuu-MM-dd} {Colour} {Lines.Count} {Code ?? "-"} {Urgent}");
    }
}

public sealed record OrderResponse(string Order, string Key, string Hash);

public sealed record ChangeRequest(Optional<string> Name, Optional<string?> Note);

public sealed record KitConflict(LocalDate Until) : Conflict("kit_conflict");
