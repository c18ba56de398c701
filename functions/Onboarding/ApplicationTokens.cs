using Microsoft.AspNetCore.Http;

namespace Serverless.Functions.Onboarding;

/// <summary>The header by which an applicant shows who goes on.</summary>
internal static class ApplicationTokens
{
    public const string Header = "Application-Token";
    public const string Meaning = "As the proof of the e-mail address gave it; the newest one of an application is good.";

    public static string ApplicationToken(this HttpRequest request) => request.Headers[Header].ToString();
}
