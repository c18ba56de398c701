using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Pensions;

/// <summary>The pension managers' contract and desk; docs/partners.md. Numbers travel in bodies, because addresses are logged.</summary>
internal static class PensionEndpoints
{
    public static void AddPensions(this IServiceCollection services) => services.AddSingleton<PensionManagers>().AddSingleton<PensionApplications>();

    public static void MapPensions(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(PensionManagers.Id, "Pension fund managers", PartyKind.Pensions, PensionApplicationEndpoints.PublicSecret);
        var managers = app.ServiceProvider.GetRequiredService<PensionManagers>();
        var address = app.MapParties("/managers", PartyKind.Pensions);
        var contract = address.MapContract();

        contract.MapPost("/lookups", (HttpRequest request) => request.ReadAsync<LookupRequest, LookupRequest>(
            (body, faults) =>
            {
                if (body.ContractNumber is null == body.PersonalNumber is null)
                {
                    faults.Add("", "Exactly one of contractNumber and personalNumber.");
                }

                return body;
            },
            wanted => Answers.Json(200, new
            {
                Funds = managers.Find(wanted.ContractNumber, wanted.PersonalNumber)
                    .Select(fund => new { fund.ContractNumber, fund.Holder, fund.ManagerId, fund.Manager, fund.Currency }),
            })));
        contract.MapPost("/contributions", (HttpRequest request) => request.ReadAsync<ContributionRequest, (string Id, string Contract, Money Amount)>(
            (body, faults) => (
                faults.Code("/contributionId", body.ContributionId, 64), faults.Code("/contractNumber", body.ContractNumber, 34),
                Money.ReadPositive("/amount", body.Amount, faults)),
            wanted => managers.Take(request.HttpContext.Party(), wanted.Id, wanted.Contract, wanted.Amount) switch
            {
                null => Answers.Refuse(404, "unknown_fund", "No fund has this contract number."),
                { IsTaken: false, IsNew: true } => Answers.Refuse(409, "fund_closed", "The fund takes no contributions."),
                { IsTaken: false } => Answers.Refuse(400, "contribution_id_reused", "The id was used for another contribution; nothing was changed."),
                var (contribution, isNew, _) => Answers.Json(isNew ? 201 : 200, new { contribution.ContributionId }),
            }));

        address.MapPensionApplications(contract);
        address.MapGet("/contributions", () => Answers.Json(200, new { Contributions = managers.All() }));
    }

    internal sealed record LookupRequest(string? ContractNumber, string? PersonalNumber);

    internal sealed record ContributionRequest(string? ContributionId, string? ContractNumber, Money? Amount);
}
