using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Knobs;

/// <summary>Finds the party of an address like <c>/billers/{party}</c> before anything else happens; nobody there is 404.</summary>
/// <remarks>One route for all parties of a kind, not one each: every route costs time at the first request of each start.</remarks>
internal static class PartyAddress
{
    public static RouteGroupBuilder MapParties(this IEndpointRouteBuilder routes, string place, PartyKind kind)
    {
        var parties = routes.ServiceProvider.GetRequiredService<Parties>();
        var group = routes.MapGroup($"{place}/{{party}}");
        group.AddEndpointFilter((context, next) =>
        {
            var id = context.HttpContext.Request.RouteValues["party"] as string ?? "";
            if (parties.Find(id) is not { } party || party.Kind != kind)
            {
                return ValueTask.FromResult<object?>(SandboxGuard.NotFound());
            }

            context.HttpContext.Features.Set(party);
            return next(context);
        });
        return group;
    }

    public static Party Party(this HttpContext context) =>
        context.Features.Get<Party>() ?? throw new InvalidOperationException("The address is no party's.");
}
