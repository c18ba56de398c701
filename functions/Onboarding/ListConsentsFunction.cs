using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ListConsentsFunction
{
    [Function("Onboarding_ListConsents")]
    [Access(Right.Public)]
    [Summary("The documents that are approved before the identification, in their present versions and in this order.")]
    [Answers<ConsentListResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/onboarding/consents")] HttpRequest request)
    {
        var language = AcceptLanguage.Of(request);
        return TypedResults.Ok(new ConsentListResponse(
            [.. ConsentTexts.All.Select(document => new ConsentTextResponse(document, ConsentTexts.CurrentVersion(document), ConsentTexts.Read(document, language)))]));
    }
}

public sealed record ConsentListResponse(IReadOnlyList<ConsentTextResponse> Documents);

public sealed record ConsentTextResponse(ConsentDocument Document, string Version, [property: Description("The text.")] IReadOnlyList<string> Paragraphs);
