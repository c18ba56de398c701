using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ListTermsFunction
{
    [Function("Profile_ListTerms")]
    [Access(Right.Public)]
    [Summary("The bank's terms and conditions: one set for individuals, one for businesses.")]
    [Answers<TermsListResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/terms")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new TermsListResponse(Set(TermsAudience.Individual, language), Set(TermsAudience.Business, language)));
    }

    private static IReadOnlyList<TermsDocumentResponse> Set(TermsAudience audience, Language language) =>
        [.. GeneralTerms.All.Where(d => d.Audience == audience).Select(d => new TermsDocumentResponse(d.Id, d.TitleIn(language), d.Version, $"/api/public/v1/terms/{d.Id}"))];
}

public sealed record TermsListResponse(IReadOnlyList<TermsDocumentResponse> Individual, IReadOnlyList<TermsDocumentResponse> Business);

public sealed record TermsDocumentResponse(
    string Id, string Title, [property: Description("The month since which it is in force.")] string Version, [property: Description("The PDF, in the language of `Accept-Language`.")] string Url);
