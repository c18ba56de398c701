using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class FindPersonalBankerFunction(FindProfile find, PhotoAddresses addresses, WorkingHours hours, TimeProvider time)
{
    [Function("Profile_FindPersonalBanker")]
    [Access(Right.Info)]
    [Summary("Who looks after the customer, and whether this person can be reached now.")]
    [Answers<BankerContactResponse>]
    [Refuses<ProfileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profile/personal-banker")] HttpRequest request) =>
        find.RunAsync(request.Customer(), request.HttpContext.RequestAborted).Respond(view => TypedResults.Ok(ToResponse(view)));

    private BankerContactResponse ToResponse(ProfileView view)
    {
        if (view.Relationship.Banker is not { } banker)
            return new BankerContactResponse(null, Contactable: false, null);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var isOpen = hours.IsOpen(now);
        return new BankerContactResponse(PersonalBankerResponse.From(view.Contact.Customer, banker, addresses), isOpen, isOpen ? null : hours.NextOpening(now));
    }
}

public sealed record BankerContactResponse(
    [property: Description("Null when nobody is assigned.")] PersonalBankerResponse? PersonalBanker,
    [property: Description("On business days from 08:30 to 16:30 in Tirana.")] bool Contactable,
    [property: Description("When the next working day begins; null while it is one.")] Instant? NextOpening);
