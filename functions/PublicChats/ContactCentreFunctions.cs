using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.PublicChats;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.PublicChats;

public sealed class ListChatsFunction(ListChats list)
{
    [Function("PublicChats_ListOpen")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Paged]
    [Summary("The conversations from the public pages that are not closed, the oldest first.")]
    [Answers<PageResponse<ChatResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/chats")] HttpRequest request) =>
        list.RunAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, ChatResponse.From);
}

public sealed class GetChatFunction(ListChats list)
{
    [Function("PublicChats_Get")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Summary("One conversation from the public pages.")]
    [Answers<ChatResponse>]
    [Refuses<ChatNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/chats/{chat:length(32)}")] HttpRequest request, string chat) =>
        list.FindAsync(chat, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ChatResponse.From(found)));
}

public sealed class AnswerChatFunction(AnswerChat answer)
{
    [Function("PublicChats_Answer")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Idempotent]
    [Summary("Answers in a conversation from the public pages.")]
    [Body<ChatTextRequest>]
    [Answers<ChatResponse>(201)]
    [Refuses<ChatNotFound>, Refuses<IdempotencyKeyReused>, Refuses<ChatClosed>, Refuses<ChatFull>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/chats/{chat:length(32)}/messages")] HttpRequest request, string chat) =>
        request.ReadBody<ChatTextRequest>()
            .Then(body => answer.RunAsync(chat, request.StaffActor(), body.Text, request.IdempotencyKey(), request.BodyHash(), request.HttpContext.RequestAborted))
            .Respond(found => TypedResults.Created($"/api/backoffice/v1/chats/{found.Id}", ChatResponse.From(found)));
}

public sealed class CloseChatFunction(CloseChat close)
{
    [Function("PublicChats_Close")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Summary("Ends a conversation from the public pages; again changes nothing.")]
    [Answers<ChatResponse>]
    [Refuses<ChatNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/chats/{chat:length(32)}/closing")] HttpRequest request, string chat) =>
        close.RunAsync(chat, request.StaffActor(), request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ChatResponse.From(found)));
}
