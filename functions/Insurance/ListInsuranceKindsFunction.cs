using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class ListInsuranceKindsFunction(InsuranceLists lists)
{
    [Function("Insurance_ListKinds")]
    [Access(Right.Info)]
    [Summary("What can be insured: four groups and their kinds, and the lists that the forms choose from.",
        Details = "Ask for offers with `POST /api/v1/insurance/offers`, prepare a purchase with `POST /api/v1/insurance/quotes`, confirm it with `POST /api/v1/insurance/policies`. "
            + "Names are in the language of `Accept-Language`.")]
    [Answers<InsuranceKindsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/insurance/kinds")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new InsuranceKindsResponse(
            [.. Enum.GetValues<InsuranceGroup>().Select(group => GroupOf(group, language))],
            Of(lists.TravelZones, language), Of(lists.Cities, language), Of(lists.ClientTypes, language), Of(lists.CoverOptions, language)));
    }

    private InsurableGroupResponse GroupOf(InsuranceGroup group, Language language) => new(
        group, lists.NameOf(group).In(language),
        [.. InsuranceKinds.All.Where(kind => kind.GroupOf() == group).Select(kind => new InsurableKindResponse(kind, lists.NameOf(kind).In(language), kind.DeliveryOf()))]);

    private static InsuranceValueResponse[] Of(IReadOnlyList<ListedValue> values, Language language) =>
        [.. values.Select(value => new InsuranceValueResponse(value.Code, value.Name.In(language)))];
}

public sealed record InsuranceKindsResponse(
    [property: Description("In the menu's order.")] IReadOnlyList<InsurableGroupResponse> Groups,
    IReadOnlyList<InsuranceValueResponse> TravelZones,
    IReadOnlyList<InsuranceValueResponse> Cities,
    [property: Description("Of AutoSOS.")] IReadOnlyList<InsuranceValueResponse> ClientTypes,
    [property: Description("Of AutoSOS.")] IReadOnlyList<InsuranceValueResponse> CoverOptions);

public sealed record InsurableGroupResponse(InsuranceGroup Group, string Name, IReadOnlyList<InsurableKindResponse> Kinds);

public sealed record InsurableKindResponse(InsuranceKind Kind, string Name, PolicyDelivery Delivery);

public sealed record InsuranceValueResponse([property: Example("tirana")] string Code, string Name);
