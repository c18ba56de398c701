using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ShowPrivacyPolicyFunction
{
    [Function("CardApplications_ShowPrivacyPolicy")]
    [Access(Right.Info)]
    [Summary("The privacy policy that is read before the identification.")]
    [Answers<ApplicationTermsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/card-applications/privacy-policy")] HttpRequest request) =>
        TypedResults.Ok(new ApplicationTermsResponse(ReadPrivacyPolicy.Current, ReadPrivacyPolicy.Show(AcceptLanguage.Of(request))));
}
