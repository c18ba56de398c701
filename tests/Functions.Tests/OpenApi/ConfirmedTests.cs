using Serverless.Functions.Http;

namespace Serverless.Functions.Tests.OpenApi;

/// <summary>Nothing that moves money or changes security is forgotten: every order of a customer is confirmed strongly, or says why not.</summary>
public sealed class ConfirmedTests
{
    private static readonly IReadOnlyList<FunctionDeclaration> Orders =
        [.. new FunctionCatalogue().All.Where(d => d is { IsDocumented: true, Access.Right: Right.Info or Right.Payment })];

    [Fact]
    public void Every_order_of_a_customer_is_confirmed_or_says_why_not()
    {
        var undecided = Orders.Where(d => (d.IsIdempotent || d.Methods.Intersect(["PUT", "PATCH", "DELETE"]).Any()) && d.Confirmed is null == d.NotConfirmed is null).Select(d => d.Name);

        Assert.Empty(undecided);
        Assert.All(Orders, d => Assert.True(d.NotConfirmed is null or [>= 'A' and <= 'Z', .., '.'], d.Name));
    }

    [Fact]
    public void Whatever_confirms_a_quote_asks_for_the_confirmation_of_its_operation()
    {
        var unasked = Orders.Where(d => d.Body is { } body && typeof(IConfirmsQuote).IsAssignableFrom(body.Type) && d.Confirmed is null);
        var shared = Orders.Where(d => d.Confirmed is not null && !d.IsChallenged).GroupBy(d => d.Confirmed!.Operation).Where(g => g.Count() > 1).Select(g => g.Key);
        var mixed = Orders.Where(d => d.Confirmed is not null).GroupBy(d => d.Confirmed!.Operation).Where(g => g.Select(d => d.IsChallenged).Distinct().Count() > 1).Select(g => g.Key);

        Assert.Empty(unasked);
        Assert.Empty(shared);
        Assert.Empty(mixed);
    }
}
