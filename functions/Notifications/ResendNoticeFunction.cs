using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Notifications;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Notifications;

public sealed class ResendNoticeFunction(DeadLetters deadLetters)
{
    [Function("Notifications_Resend")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Puts a notice that could not be delivered back into the outbox.")]
    [Answers(202)]
    [Refuses<DeadLetterNotFound>, Refuses<NoticeErased>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/undelivered-notices/{notice:length(32)}/resend")] HttpRequest request, string notice) =>
        ResendAsync(request, notice).Respond(_ => TypedResults.StatusCode(StatusCodes.Status202Accepted));

    private async Task<Result<Nothing>> ResendAsync(HttpRequest request, string id) => NoticeId.Find(id) is { } notice
        ? await deadLetters.ResendAsync(notice, request.StaffActor(), request.HttpContext.RequestAborted)
        : new DeadLetterNotFound();
}
