using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Newsletter;
using Serverless.Functions.Http;

namespace Serverless.Functions.Newsletter;

public sealed class SubscribeFunction(SubscribeNewsletter subscribe)
{
    [Function("Newsletter_Subscribe")]
    [Access(Right.Public)]
    [NoAddressLimit("It counts the registrations of an address itself, by the hour.")]
    [NotConfirmed("Anybody may register an address; its owner confirms by the link.")]
    [Summary("Registers an e-mail address for news and offers; it counts once the link of the mail is opened.",
        Details = "Twice is one registration, and every registration is answered alike, whether the address is registered or not. The mails are in the language of `Accept-Language`.")]
    [Body<SubscribeRequest>]
    [Answers(202)]
    [Refuses<NewsletterEmailMalformed>, Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/newsletter/subscriptions")] HttpRequest request) =>
        request.ReadBody<SubscribeRequest>()
            .Then(body => body.ToEmail())
            .Then(email => subscribe.RunAsync(email, AcceptLanguage.Of(request), request.Address(), request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.StatusCode(StatusCodes.Status202Accepted));
}

public sealed record SubscribeRequest([property: MaxLength(NewsletterEmail.LengthAtMost), Example("test@example.com")] string Email)
{
    /// <returns>Or <see cref="NewsletterEmailMalformed"/>.</returns>
    public Result<string> ToEmail()
    {
        var input = new Input();
        var email = input.Take(NewsletterEmail.Find(Email, "/email"));
        return input.Result(() => email);
    }
}
