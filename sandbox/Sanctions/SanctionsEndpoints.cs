using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Sanctions;

/// <summary>The published list, and the desk that changes it; docs/partners.md.</summary>
internal static partial class SanctionsEndpoints
{
    public static void AddSanctions(this IServiceCollection services) => services.AddSingleton<SanctionsList>();

    public static void MapSanctions(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(SanctionsList.Id, "Sanctions list", PartyKind.Sanctions);
        app.ServiceProvider.GetRequiredService<Parties>().Add(PepList.Id, "Politically exposed persons", PartyKind.Sanctions);
        var list = app.ServiceProvider.GetRequiredService<SanctionsList>();
        var address = app.MapParties("/lists", PartyKind.Sanctions);
        var contract = address.MapContract(needsKey: false);
        contract.MapGet("/consolidated.xml", (HttpContext context) =>
            context.Party().Id == SanctionsList.Id ? Results.Text(list.Write(), "text/xml") : SandboxGuard.NotFound());
        contract.MapGet("/entities.ftm.json", (HttpContext context) =>
            context.Party().Id == PepList.Id ? Results.Text(PepList.Write(), "application/json+ftm") : SandboxGuard.NotFound());
        address.MapPost("/individuals", (HttpRequest request) => request.ReadAsync<IndividualRequest, ListedIndividual>(
            (body, faults) => new ListedIndividual(
                faults.Code("/referenceNumber", body.ReferenceNumber, 20),
                faults.Text("/firstName", body.FirstName, 100),
                faults.Text("/secondName", body.SecondName, 100),
                faults.Matching("/birthDate", body.BirthDate, Date(), "a date as 1978-11-30, or a year"),
                faults.OptionalText("/nationality", body.Nationality, 60) ?? "Freedonia",
                "Freedonia",
                body.Aliases ?? []),
            individual => Answers.Json(201, list.Add(individual))));
        address.MapDelete("/individuals/{referenceNumber}", (string referenceNumber) =>
            list.Remove(referenceNumber) ? TypedResults.NoContent() : Answers.Refuse(404, "unknown_individual", "Nobody has this reference number."));
    }

    [GeneratedRegex(@"\A[0-9]{4}(-[0-9]{2}-[0-9]{2})?\z")]
    private static partial Regex Date();

    internal sealed record IndividualRequest(
        string? ReferenceNumber, string? FirstName, string? SecondName, string? BirthDate, string? Nationality, IReadOnlyList<string>? Aliases);
}
