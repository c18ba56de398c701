using NodaTime.Text;
using Serverless.Banking.Desk;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Onboarding;

/// <summary>What back offices are told of an application: that compliance has to look, what was decided, and its end; each once, in whatever order they arrive. Ids, states and times only.</summary>
internal sealed class OnboardingEvents(PublishEvent publish)
{
    private const string Family = "onboarding";

    public static string[] All { get; } = [.. new[] { "review_requested", "decided", "completed", "rejected", "expired" }.Select(name => $"{Family}.{name}")];

    /// <summary>Repeated at every look at the application: what was told is not told again.</summary>
    public async Task TellAsync(OnboardingApplication it, CancellationToken cancellation)
    {
        for (var i = 1; i < it.Timeline.Count; i++)
        {
            var (before, entry) = (it.Timeline[i - 1], it.Timeline[i]);
            if (entry.State == before.State)
                continue;
            if (before.State == OnboardingState.IdentityReview && entry.State != OnboardingState.Expired)
                await PublishAsync("decided", it, i, entry, cancellation);
            if (entry.State is OnboardingState.Completed or OnboardingState.Rejected or OnboardingState.Expired)
                await PublishAsync(DeskText.Code(entry.State), it, i, entry, cancellation);
            if (entry.State == OnboardingState.IdentityReview)
                await PublishAsync("review_requested", it, i, entry, cancellation);
        }
    }

    private Task PublishAsync(string type, OnboardingApplication it, int step, OnboardingEntry entry, CancellationToken cancellation) => publish.RunAsync(
        $"{Family}.{type}", FormattableString.Invariant($"{it.Id:N}-{step}"), it.Id.ToString("D"),
        new Dictionary<string, string?>
        {
            ["queue"] = ComplianceQueue.QueueName,
            ["caseId"] = it.Id.ToString("D"),
            ["state"] = DeskText.Code(entry.State),
            ["at"] = InstantPattern.ExtendedIso.Format(entry.At),
            ["deadline"] = entry.State == OnboardingState.IdentityReview && it.Review?.OpenedAt == entry.At ? InstantPattern.ExtendedIso.Format(it.Review.DecideBy) : null,
        },
        cancellation);
}
