using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Documents;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class GetTermsFunction(GeneralTerms terms)
{
    [Function("Profile_GetTerms")]
    [Access(Right.Public)]
    [Summary("One document of the terms and conditions.")]
    [Answers(200, ContentType = DocumentFile.Pdf)]
    [Refuses<TermsNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/terms/{document}")] HttpRequest request, string document)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return terms.Render(document, AcceptLanguage.Of(request)) is { } file
            ? TypedResults.File(file.Content, file.ContentType, file.Name)
            : new ProblemResult(new TermsNotFound());
    }
}

/// <summary>There is no such document.</summary>
public sealed record TermsNotFound() : NotFound("terms_not_found");
