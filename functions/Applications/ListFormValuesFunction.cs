using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Serverless.Banking.Applications;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ListFormValuesFunction(TransferLists transfers, IOptionsMonitor<ApplicationsOptions> options)
{
    [Function("Applications_ListFormValues")]
    [Access(Right.Info)]
    [Summary("What the forms of applications offer, in the caller's language: exactly what they accept.")]
    [Answers<FormValuesResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/applications/form-values")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new FormValuesResponse(
            Values(ApplicationLists.ResidenceStatuses), Values(ApplicationLists.MaritalStatuses), Values(ApplicationLists.EducationLevels), Values(ApplicationLists.Titles),
            Values(ApplicationLists.Sectors), Values(ApplicationLists.Professions),
            [.. transfers.Find(language).Countries.Select(country => new FormValueResponse(country.Code, country.Name))], Values(ApplicationLists.Cities),
            [.. options.CurrentValue.Branches.OrderBy(branch => branch.Key, StringComparer.Ordinal).Select(branch => new FormValueResponse(branch.Key, branch.Value))]));

        IReadOnlyList<FormValueResponse> Values(ApplicationList list) => [.. list.In(language).Select(value => new FormValueResponse(value.Code, value.Name))];
    }
}

public sealed record FormValuesResponse(
    IReadOnlyList<FormValueResponse> ResidenceStatuses,
    IReadOnlyList<FormValueResponse> MaritalStatuses,
    IReadOnlyList<FormValueResponse> EducationLevels,
    IReadOnlyList<FormValueResponse> Titles,
    IReadOnlyList<FormValueResponse> Sectors,
    IReadOnlyList<FormValueResponse> Professions,
    IReadOnlyList<FormValueResponse> Countries,
    IReadOnlyList<FormValueResponse> Cities,
    IReadOnlyList<FormValueResponse> Branches);

public sealed record FormValueResponse([property: Example("tirana")] string Code, [property: Example("Tiranë")] string Name);
