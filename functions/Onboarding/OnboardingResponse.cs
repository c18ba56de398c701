using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

[Description("An application to become a customer, as its applicant sees it.")]
public sealed record OnboardingResponse(
    Guid ApplicationId,
    OnboardingState Status,
    [property: Description("The step that is due.")] OnboardingStep Next,
    [property: Description("Why the last video session identified nobody, or why the application was refused as far as it can be said; null else."), Example("document_expired")] string? Failure,
    [property: Description("What is waited for; null when the application is at its end.")] AwaitedStepResponse? Awaited,
    [property: Description("Unless it is finished before.")] Instant ExpiresAt,
    [property: Description("Null before the applicant is a customer.")] NewClientResponse? Client,
    [property: Description("What has happened, oldest first.")] IReadOnlyList<OnboardingEntryResponse> Timeline)
{
    internal static OnboardingResponse From(OnboardingApplication it, OnboardingOptions options) => new(
        it.Id, it.State, it.Step, it.Failure, AwaitedStepResponse.Of(it, options), it.OpenedAt + Duration.FromDays(options.Days),
        it.Client is { } client ? new NewClientResponse(client.Customer.Value, client.Iban[^16..], client.Iban, client.Account) : null,
        [.. it.Timeline.Select(entry => new OnboardingEntryResponse(entry.What, entry.By, entry.At, entry.State))]);
}

public sealed record NewClientResponse(string CustomerNumber, string AccountNumber, string Iban, Guid AccountId);

public sealed record OnboardingEntryResponse([property: Example("consented")] string What, [property: Example("applicant")] string By, Instant At, OnboardingState Status);

[Description("What is waited for, from whom, and until when.")]
public sealed record AwaitedStepResponse([property: Example("start_video")] string What, [property: Example("applicant")] string From, Instant Until)
{
    internal static AwaitedStepResponse? Of(OnboardingApplication it, OnboardingOptions options)
    {
        var end = it.OpenedAt + Duration.FromDays(options.Days);
        return it.Step switch
        {
            OnboardingStep.None => null,
            OnboardingStep.FinishVideo => new AwaitedStepResponse("finish_video", OnboardingParty.Applicant, it.VideoEndsAt ?? end),
            OnboardingStep.AwaitReview => new AwaitedStepResponse("decision", OnboardingParty.Bank, it.Review!.DecideBy),
            OnboardingStep.AwaitAccount => new AwaitedStepResponse("account", OnboardingParty.Bank, end),
            _ => new AwaitedStepResponse(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(it.Step.ToString()), OnboardingParty.Applicant, end),
        };
    }
}
