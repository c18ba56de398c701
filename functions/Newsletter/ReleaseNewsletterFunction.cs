using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.Newsletter;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Newsletter;

public sealed class ReleaseNewsletterFunction(ReleaseNewsletter release)
{
    [Function("Newsletter_Release")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Idempotent]
    [Summary("Releases an issue of the newsletter to every confirmed address; each mail carries a link to unsubscribe.")]
    [Body<NewsletterRequest>]
    [Answers<NewsletterResponse>(202)]
    [Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/newsletters")] HttpRequest request) =>
        request.ReadBody<NewsletterRequest>()
            .Then(body => release.RunAsync(body.ToTexts(), request.IdempotencyKey(), request.BodyHash(), request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(issue => TypedResults.Accepted((string?)null, new NewsletterResponse(issue.Id, issue.ReleasedAt)));
}

public sealed record NewsletterRequest(NewsletterTextDto Sq, NewsletterTextDto En)
{
    public IReadOnlyDictionary<Language, NewsletterText> ToTexts() => new Dictionary<Language, NewsletterText>
    {
        [Language.Albanian] = new(Sq.Title, Sq.Text),
        [Language.English] = new(En.Title, En.Text),
    };
}

public sealed record NewsletterTextDto([property: MaxLength(140), Example("Lajme nga banka")] string Title, [property: MaxLength(4000), Multiline] string Text);

public sealed record NewsletterResponse([property: Description("Of the issue.")] Guid Id, Instant ReleasedAt);

