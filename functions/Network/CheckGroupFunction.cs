using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.Network;

public sealed class CheckGroupFunction(FormGroup form, IProfilePictures pictures)
{
    [Function("Network_CheckGroup")]
    [Access(Right.Payment)]
    [Summary("Says which of several contacts can be asked for money together.", Details = "Changes nothing. Those who cannot come back with the reason why not.")]
    [Body<FormGroupRequest>]
    [Answers<GroupResponse>]
    [Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/network/groups")] HttpRequest request) =>
        request.ReadBody<FormGroupRequest>()
            .Then(body => form.RunAsync(request.Customer(), [.. body.ContactIds.Select(id => new ContactId(id))], request.HttpContext.RequestAborted))
            .Then(group => GroupResponse.FromAsync(group, pictures, request.HttpContext.RequestAborted))
            .Respond(group => TypedResults.Ok(group));
}

public sealed record FormGroupRequest([property: MinLength(1), MaxLength(20)] IReadOnlyList<Guid> ContactIds);

[Description("A choice of contacts.")]
public sealed record GroupResponse(
    [property: Description("Those who can be asked, in the order chosen.")] IReadOnlyList<ContactResponse> Members,
    [property: Description("Those who cannot.")] IReadOnlyList<NotInGroupResponse> Others)
{
    public static async Task<Result<GroupResponse>> FromAsync(ContactGroup group, IProfilePictures pictures, CancellationToken cancellation) => new GroupResponse(
        await group.Members.ToResponsesAsync(pictures, cancellation),
        [.. group.Others.Select(other => new NotInGroupResponse(other.Id.Value, other.Contact?.Name, other.Reason.Code))]);
}

public sealed record NotInGroupResponse(
    Guid ContactId,
    string? Name,
    [property: Description("The code that asking this contact would be refused with."), Example("contact_not_registered")] string Reason);
