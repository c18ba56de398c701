using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Onboarding;

/// <summary>The second person's word on what the first one proposed about a held application (ONB-30). An approved one is carried out at once.</summary>
public sealed class DecideReview
{
    private readonly DecideChange decide;
    private readonly ListChanges changes;

    internal DecideReview(DecideChange decide, ListChanges changes) => (this.decide, this.changes) = (decide, changes);

    /// <returns>The change with what came of it. Or, first match: <see cref="ChangeNotFound"/> (also of another application), the errors of <see cref="DecideChange"/>.</returns>
    public async Task<Result<Change>> RunAsync(Guid application, Guid change, ChangeDecision decision, string? reason, AuditActor officer, CancellationToken cancellation)
    {
        var found = await changes.FindAsync(new ChangeId(change), cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return found.Value.Kind == ReviewDecisionChange.Name && found.Value.Resource == ReviewDecisionChange.ResourceOf(application)
            ? await decide.RunAsync(found.Value.Id, decision, reason, officer, cancellation, ReviewDecisionChange.Name)
            : new ChangeNotFound();
    }
}
