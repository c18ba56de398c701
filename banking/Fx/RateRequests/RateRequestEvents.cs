using NodaTime.Text;
using Serverless.Banking.Desk;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Fx;

/// <summary>What back offices are told of a request: each of its states, once, in whatever order they arrive. Ids, states and times; the amount and whose it is stay at the desk.</summary>
internal sealed class RateRequestEvents(PublishEvent publish)
{
    private const string Family = "preferential_rate";

    public static string[] All { get; } = [.. new[] { "submitted", "decided", "completed", "cancelled", "expired" }.Select(name => $"{Family}.{name}")];

    /// <summary>Repeated at every look at the request: what was told is not told again.</summary>
    public async Task TellAsync(RateRequest it, CancellationToken cancellation)
    {
        foreach (var step in it.Timeline)
        {
            var data = new Dictionary<string, string?>
            {
                ["queue"] = TreasuryQueue.QueueName,
                ["caseId"] = it.Id.ToString("D"),
                ["state"] = DeskText.Code(step.State),
                ["at"] = InstantPattern.ExtendedIso.Format(step.At),
            };
            if (step.State == RateRequestState.Submitted)
                data["deadline"] = InstantPattern.ExtendedIso.Format(it.DecideBy);
            if (step.State == RateRequestState.Confirmed)
                data["deadline"] = InstantPattern.ExtendedIso.Format(it.ValidUntil!.Value);
            if (step.State is RateRequestState.Confirmed or RateRequestState.Rejected)
                data["decidedBy"] = it.DecidedBy;
            await publish.RunAsync(TypeOf(step.State), it.Id.ToString("N"), it.Id.ToString("D"), data, cancellation);
        }
    }

    private static string TypeOf(RateRequestState state) =>
        $"{Family}.{(state is RateRequestState.Confirmed or RateRequestState.Rejected ? "decided" : DeskText.Code(state))}";
}
