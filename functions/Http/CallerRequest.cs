using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Functions.Authentication;

namespace Serverless.Functions.Http;

/// <summary>What the middleware has already made sure of, at hand for the function.</summary>
/// <remarks>All throw <see cref="InvalidOperationException"/> when the function does not declare what it reads: a bug, found by any test that calls it.</remarks>
public static class CallerRequest
{
    /// <summary>The customer who calls; the function declares <see cref="Right.Info"/> or <see cref="Right.Payment"/>.</summary>
    public static CustomerId Customer(this HttpRequest request) => request.CustomerCaller().Id;

    /// <summary>The customer with what the token says about them.</summary>
    public static CustomerCaller CustomerCaller(this HttpRequest request) =>
        Call.Of(request).Caller as CustomerCaller ?? throw Undeclared(request, "a customer");

    /// <summary>The member of staff who calls; the function declares <see cref="Right.Staff"/>.</summary>
    public static StaffCaller Staff(this HttpRequest request) => Call.Of(request).Caller as StaffCaller ?? throw Undeclared(request, "staff");

    /// <summary>The function declares <c>[Idempotent]</c>.</summary>
    public static IdempotencyKey IdempotencyKey(this HttpRequest request) => Call.Of(request).IdempotencyKey ?? throw Undeclared(request, "an idempotency key");

    /// <summary>Which page is wanted; the function declares <c>[Paged]</c>.</summary>
    public static PageRequest Page(this HttpRequest request) => Call.Of(request).Page ?? throw Undeclared(request, "pages");

    /// <summary>The query parameters; the function declares <c>[Query&lt;T&gt;]</c>.</summary>
    public static T Query<T>(this HttpRequest request) where T : class => Call.Of(request).Query as T ?? throw Undeclared(request, typeof(T).Name);

    private static InvalidOperationException Undeclared(HttpRequest request, string what) =>
        new($"{Call.Of(request).Declaration.Name} does not declare that it takes {what}.");
}
