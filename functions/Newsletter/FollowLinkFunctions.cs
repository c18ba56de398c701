using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Banking.Newsletter;
using Serverless.Functions.Http;

namespace Serverless.Functions.Newsletter;

public sealed class ConfirmFunction(FollowNewsletterLink follow)
{
    [Function("Newsletter_Confirm")]
    [Access(Right.Public)]
    [NoAddressLimit("The link carries a keyed hash of 256 bits, which cannot be guessed.")]
    [NotConfirmed("Whoever has the mail may.")]
    [Summary("Confirms an address for the newsletter; again changes nothing.")]
    [Answers(204)]
    [Refuses<NewsletterLinkUnknown>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/newsletter/confirmations/{newsletterToken}")] HttpRequest request, string newsletterToken) =>
        follow.ConfirmAsync(newsletterToken, request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

public sealed class UnsubscribeFunction(FollowNewsletterLink follow)
{
    [Function("Newsletter_Unsubscribe")]
    [Access(Right.Public)]
    [NoAddressLimit("The link carries a keyed hash of 256 bits, which cannot be guessed.")]
    [NotConfirmed("Whoever has the mail may.")]
    [Summary("Takes an address out of the newsletter; again changes nothing.", Details = "Also the one click of RFC 8058.")]
    [Answers(204)]
    [Refuses<NewsletterLinkUnknown>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/newsletter/unsubscriptions/{newsletterToken}")] HttpRequest request, string newsletterToken) =>
        follow.UnsubscribeAsync(newsletterToken, request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

/// <summary>What the link of a mail opens. A page with a button, because the scanners of mail servers open every link.</summary>
public sealed class ShowConfirmFunction
{
    [Function("Newsletter_ShowConfirm")]
    [Access(Right.Public)]
    [Summary("The page that the link to confirm opens: one button.")]
    [Answers(200, ContentType = "text/html")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/newsletter/confirmations/{newsletterToken}")] HttpRequest request, string newsletterToken) =>
        NewsletterPage.Of(request, ("Lajme dhe oferta", "Po, dua lajme dhe oferta"), ("News and offers", "Yes, send me news and offers"));
}

public sealed class ShowUnsubscribeFunction
{
    [Function("Newsletter_ShowUnsubscribe")]
    [Access(Right.Public)]
    [Summary("The page that the link to unsubscribe opens: one button.")]
    [Answers(200, ContentType = "text/html")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/newsletter/unsubscriptions/{newsletterToken}")] HttpRequest request, string newsletterToken) =>
        NewsletterPage.Of(request, ("Çregjistrim", "Mos më dërgoni më lajme"), ("Unsubscribe", "Send me no more news"));
}

internal static class NewsletterPage
{
    /// <summary>It shows nothing of the address it was opened by: its form goes back to it.</summary>
    public static IResult Of(HttpRequest request, (string Title, string Button) albanian, (string Title, string Button) english)
    {
        var language = AcceptLanguage.Of(request);
        var (title, button) = language == Language.English ? english : albanian;
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        var (head, text) = (HtmlEncoder.Default.Encode(title), HtmlEncoder.Default.Encode(button));
        return TypedResults.Text(
            $"<!doctype html><html lang=\"{language.Code()}\"><meta charset=\"utf-8\"><title>{head}</title><h1>{head}</h1><form method=\"post\"><button>{text}</button></form></html>",
            "text/html; charset=utf-8");
    }
}
