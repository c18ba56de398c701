using NodaTime.Text;
using Serverless.Banking.Desk;
using Serverless.Banking.Webhooks;

namespace Serverless.Banking.Applications;

/// <summary>What back offices are told of an application: ids, states and times, each once. Amounts and persons stay at the desk.</summary>
internal sealed class ApplicationEvents(PublishEvent publish)
{
    private static readonly string[] Shared = ["submitted", "review_requested", "decided", "limit_accepted", "withdrawn", "expired"];

    public static string[] All { get; } =
    [
        .. Shared.Append("issued").Select(name => $"{Family(ApplicationProduct.CreditCard)}.{name}"),
        .. Shared.Append("activated").Append("failed").Select(name => $"{Family(ApplicationProduct.Overdraft)}.{name}"),
    ];

    public static string Family(ApplicationProduct product) => product == ApplicationProduct.CreditCard ? "card_application" : "overdraft_application";

    /// <summary>Repeated at every look at the application: what was told is not told again.</summary>
    public async Task TellAsync(ProductApplication it, CancellationToken cancellation)
    {
        for (var i = 1; i < it.Timeline.Count; i++)
        {
            if (NameOf(it.Timeline[i].State, it.Timeline[i - 1].State) is not { } name)
                continue;
            var data = new Dictionary<string, string?>
            {
                ["queue"] = CardsQueue.QueueName,
                ["caseId"] = it.Id.ToString("D"),
                ["state"] = DeskText.Code(it.Timeline[i].State),
                ["at"] = InstantPattern.ExtendedIso.Format(it.Timeline[i].At),
                ["decidedBy"] = name == "decided" ? it.Decision?.By : null,
            };
            await publish.RunAsync($"{Family(it.Product)}.{name}", it.Id.ToString("N"), it.Id.ToString("D"), data, cancellation);
        }
    }

    private static string? NameOf(ApplicationState state, ApplicationState before) => (state, before) switch
    {
        (ApplicationState.Submitted, _) => "submitted",
        (ApplicationState.InReview, _) => "review_requested",
        (ApplicationState.Approved, ApplicationState.LowerLimitOffered) => "limit_accepted",
        (ApplicationState.Declined, ApplicationState.Approved) => "failed",
        (ApplicationState.Approved or ApplicationState.LowerLimitOffered or ApplicationState.Declined, _) => "decided",
        (ApplicationState.Issued, _) => "issued",
        (ApplicationState.Active, _) => "activated",
        (ApplicationState.Withdrawn, _) => "withdrawn",
        (ApplicationState.Expired, _) => "expired",
        _ => null,
    };
}
