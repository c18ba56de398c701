using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Applications;

/// <summary>The second member of the cards desk: what was proposed happens, or not (PROD-34).</summary>
public sealed class DecideProposal
{
    private readonly ApplicationTable table;
    private readonly DecideChange decide;

    internal DecideProposal(ApplicationTable table, DecideChange decide) => (this.table, this.decide) = (table, decide);

    /// <returns>The application, to be woken, and the proposal with what came of it. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="ChangeNotFound"/> (of another
    /// application, too), and those of <see cref="DecideChange"/>.</returns>
    public async Task<Result<(ProductApplication Application, Change Proposal)>> RunAsync(
        Guid application, Guid proposal, ChangeDecision decision, string? reason, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(application, cancellation) is not { } record)
            return new ApplicationNotFound();
        if (record.It.Proposal != proposal)
            return new ChangeNotFound();
        var decided = await decide.RunAsync(new ChangeId(proposal), decision, reason, officer, cancellation, DecisionChange.Name);
        return decided.IsSuccess ? ((await table.FindAsync(application, CancellationToken.None))!.It, decided.Value) : decided.Error;
    }
}
