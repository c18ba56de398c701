using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.Desk;
using Serverless.Banking.Partners;
using Serverless.Functions.Webhooks;

namespace Serverless.Functions.Desk;

/// <summary>Decisions that a back office's system sends: <c>case.decided</c>. The system says who has decided; roles, four eyes and the trail are theirs, as at the desk.</summary>
internal sealed partial class DecisionWebhooks(DeskDoor door, StaffDirectory staff, IOptions<DeskOptions> options) : IWebhookHandler
{
    public IEnumerable<string> Partners => options.Value.Systems.Keys;

    public IReadOnlyList<string> SecretsOf(string partner) => options.Value.Systems[partner].WebhookSecrets;

    public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type != "case.decided")
            return TypedResults.NoContent();
        if (message.Read<DecisionData>() is not { } data)
            return new WebhookNotUnderstood("/data");
        if (data.Fault() is { } fault)
            return new WebhookNotUnderstood(fault);
        if (await staff.FindAsync(data.Actor!, cancellation) is not { } roles)
            return new DeciderNotKnown();

        var decision = new DeskDecision(
            Guid.Parse(data.CaseId!), data.Decision!, data.Fields ?? new Dictionary<string, string>(), data.Reason?.Trim(),
            AuditActor.Staff(data.Actor!, $"webhook {message.Partner}"), data.DecisionId!);
        var decided = await door.DecideAsync(data.Queue!, decision, roles, client, cancellation);
        return decided.IsSuccess ? TypedResults.NoContent()
            : decided.Error is Http.RoleMissing ? new DeciderNotKnown()
            : decided.Error;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex CodeShape { get; }

    private sealed record DecisionData(
        string? Queue, string? CaseId, string? Decision, IReadOnlyDictionary<string, string>? Fields, string? Reason, string? Actor, string? DecisionId)
    {
        /// <summary>The first member that is not as docs/partners.md says; null when all are.</summary>
        public string? Fault() =>
            Queue is null || !CodeShape.IsMatch(Queue) ? "/data/queue"
            : !Guid.TryParse(CaseId, out _) ? "/data/caseId"
            : Decision is null || !CodeShape.IsMatch(Decision) ? "/data/decision"
            : Fields is { Count: > 20 } || Fields?.Any(field => field.Key.Length is 0 or > 64 || field.Value is null or { Length: 0 or > DeskDecision.ReasonAtMost }) == true ? "/data/fields"
            : Reason is { Length: > DeskDecision.ReasonAtMost } ? "/data/reason"
            : Actor is null || !CodeShape.IsMatch(Actor) ? "/data/actor"
            : DecisionId is null || !CodeShape.IsMatch(DecisionId) ? "/data/decisionId"
            : null;
    }
}
