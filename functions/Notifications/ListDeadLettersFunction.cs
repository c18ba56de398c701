using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class ListDeadLettersFunction(DeadLetters deadLetters)
{
    [Function("Notifications_ListDeadLetters")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Paged]
    [Summary("The notices that could not be delivered.", Details = "Without their words. A page may have fewer items than asked for and still a next one.")]
    [Answers<PageResponse<DeadLetterResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/undelivered-notices")] HttpRequest request) =>
        deadLetters.ListAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, DeadLetterResponse.From);
}

public sealed record DeadLetterResponse(string Id, string? Customer, NoticeChannel Channel, NoticeKind Kind, Instant Since, int Tries)
{
    public static DeadLetterResponse From(DeadLetter letter) =>
        new(letter.Id.Value, letter.Customer?.Value, letter.Channel, letter.Kind, letter.Since, letter.Tries);
}
