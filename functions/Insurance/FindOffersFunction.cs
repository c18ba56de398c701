using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class FindOffersFunction(FindInsuranceOffers find, InsuranceLists lists)
{
    [Function("Insurance_FindOffers")]
    [Access(Right.Payment)]
    [Summary("Asks the insurers for offers.",
        Details = "The body has exactly one member, named as the kind, with what that kind asks for. An insurer that does not answer hides nobody else's offers.")]
    [Body<InsuranceOffersRequest>]
    [Answers<InsuranceOffersResponse>]
    [Refuses<InsuranceKindNotNamed>, Refuses<PersonalNumberNotOnFile>, Refuses<InsuranceInputRejected>, Refuses<InsurersUnavailable>, Refuses<NoInsuranceOffers>]
    [Refuses<InsuranceStartPast>, Refuses<EndBeforeStart>, Refuses<BirthDateInFuture>, Refuses<PersonRepeated>, Refuses<InsuranceValueUnknown>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/insurance/offers")] HttpRequest request) =>
        request.ReadBody<InsuranceOffersRequest>()
            .Then(body => body.ToQuestions(find))
            .Then(questions => find.RunAsync(request.Customer(), questions, request.HttpContext.RequestAborted))
            .Respond(found => TypedResults.Ok(InsuranceOffersResponse.From(found, lists)));
}

[Description("Exactly one kind.")]
public sealed record InsuranceOffersRequest(
    TplQuestions? Tpl = null,
    AutoSosQuestions? AutoSos = null,
    MiniKaskoQuestions? MiniKasko = null,
    GreenCardQuestions? GreenCard = null,
    PropertyQuestions? Property = null,
    HealthQuestions? Health = null,
    PersonalAccidentQuestions? PersonalAccident = null,
    StudentAbroadQuestions? StudentAbroad = null,
    TelehealthQuestions? Telehealth = null,
    TravelHealthQuestions? TravelHealth = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToQuestions(request.HttpContext.RequestServices.GetRequiredService<FindInsuranceOffers>()).Error;

    /// <returns>Or <see cref="InsuranceKindNotNamed"/>, or every fault of the one that is named.</returns>
    internal Result<InsuranceQuestions> ToQuestions(FindInsuranceOffers find)
    {
        (string Member, InsuranceQuestions? Questions)[] named =
        [
            .. new (string, InsuranceQuestions?)[]
            {
                ("tpl", Tpl), ("autoSos", AutoSos), ("miniKasko", MiniKasko), ("greenCard", GreenCard), ("property", Property), ("health", Health),
                ("personalAccident", PersonalAccident), ("studentAbroad", StudentAbroad), ("telehealth", Telehealth), ("travelHealth", TravelHealth),
            }.Where(one => one.Item2 is not null),
        ];
        if (named is not [var (member, questions)])
            return new InsuranceKindNotNamed("");
        return find.FindFaults(questions!, member) is { Count: > 0 } faults ? new InvalidInput(faults) : questions!;
    }
}

public sealed record InsuranceOffersResponse(
    [property: Description("The cheapest first.")] IReadOnlyList<InsuranceOfferResponse> Offers,
    [property: Description("Insurers that do not accept what was entered.")] IReadOnlyList<InsurerRejectionResponse> Rejections,
    [property: Description("Insurers that do not answer now.")] IReadOnlyList<string> SilentInsurers)
{
    public static InsuranceOffersResponse From(InsuranceOffers found, InsuranceLists lists) => new(
        [.. found.Offers.Select(offer => InsuranceOfferResponse.From(offer, lists))],
        [.. found.Rejections.Select(rejection => new InsurerRejectionResponse(rejection.Insurer, rejection.Code, rejection.Message, rejection.Fields))],
        found.Silent);
}

[Description("An insurer's offer. Choose it with its id.")]
public sealed record InsuranceOfferResponse(
    Guid Id,
    InsuranceKind Kind,
    string Insurer,
    Money Price,
    string CoverSummary,
    [property: Description("What \"read more\" shows; may be empty.")] string Details,
    [property: Description("The vehicle's, where the insurer fills it from the plate; null else.")] string? Chassis,
    Instant ValidUntil)
{
    public static InsuranceOfferResponse From(InsuranceOffer offer, InsuranceLists lists) => new(
        offer.Id, offer.Kind, lists.Of(offer.Insurer).Name, offer.Premium, offer.Summary, offer.Text, offer.Chassis, offer.ValidUntil);
}

public sealed record InsurerRejectionResponse(
    string Insurer,
    [property: Example("vehicle_unknown")] string Code,
    [property: Description("The insurer's words.")] string Message,
    [property: Description("JSON pointers into what was entered.")] IReadOnlyList<string> Fields);
