using NodaTime;
using Serverless.Banking.Applications;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Text;

namespace Serverless.Banking.PensionFunds;

/// <param name="AcceptedTerms">The version of the service's terms that was read; null for none.</param>
public sealed record FundWish(CustomerId Customer, IdempotencyKey Key, string RequestHash, string Plan, string Description, string? AcceptedTerms);

/// <summary>Starts an application for a fund (LDP-13).</summary>
public sealed class StartFund
{
    private readonly FundTable table;
    private readonly FundRules rules;

    internal StartFund(FundTable table, FundRules rules) => (this.table, this.rules) = (table, rules);

    /// <returns>The draft: start its workflow. Or, first match: faults of the description, <see cref="Accounts.TermsNotAccepted"/>, <see cref="PlanNotAvailable"/>, <see cref="AgeNotEligible"/>,
    /// <see cref="NotAnIndividual"/>, <see cref="TooManyFundApplications"/>, <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<PrivateFund>> RunAsync(FundWish wish, CancellationToken cancellation)
    {
        var description = Description.Find(wish.Description, "/description");
        if (!description.IsSuccess)
            return new InvalidInput([(Invalid)description.Error]);
        if (wish.AcceptedTerms != PensionPlans.TermsVersion)
            return new Accounts.TermsNotAccepted(PensionPlans.TermsVersion);
        if (PensionPlans.Find(wish.Plan) is not { IsOffered: true } plan)
            return new PlanNotAvailable();
        var contact = await rules.EligibleAsync(wish.Customer, cancellation);
        if (!contact.IsSuccess)
            return contact.Error;
        if (contact.Value.Segment != CustomerSegment.Individual)
            return new NotAnIndividual();

        var draft = new PrivateFund(
            StableGuid.Of("pension_fund", wish.Customer.Value, wish.Key.Value), wish.Customer, [new FundStep(FundState.Draft, rules.Now)])
        {
            Plan = plan.Code,
            Description = description.Value,
            AcceptedTerms = PensionPlans.TermsVersion,
            Deadline = rules.Now + Duration.FromDays(rules.Options.DraftDays),
        };
        var all = await table.ListAsync(wish.Customer, cancellation);
        if (all.All(it => it.Id != draft.Id) && all.Count(it => it.SeenAt(rules.Now).State is not (FundState.Active or FundState.Cancelled)) >= rules.Options.OpenAtMost)
            return new TooManyFundApplications(rules.Options.OpenAtMost);
        return await table.AddAsync(draft, wish.RequestHash, CancellationToken.None);
    }
}

/// <summary>Changes plan and description of a draft (LDP-13).</summary>
public sealed class EditFund
{
    private readonly FundTable table;
    private readonly FundRules rules;

    internal EditFund(FundTable table, FundRules rules) => (this.table, this.rules) = (table, rules);

    /// <returns>The draft. Or, first match: faults of the description, <see cref="PrivateFundNotFound"/>, <see cref="FundApplicationNotDraft"/>, <see cref="PlanNotAvailable"/>.</returns>
    public async Task<Result<PrivateFund>> RunAsync(CustomerId customer, Guid id, string planCode, string text, CancellationToken cancellation)
    {
        var description = Description.Find(text, "/description");
        if (!description.IsSuccess)
            return new InvalidInput([(Invalid)description.Error]);
        if (await table.FindAsync(customer, id, cancellation) is not { } stored)
            return new PrivateFundNotFound();
        if (stored.It.SeenAt(rules.Now) is { State: not FundState.Draft } gone)
            return new FundApplicationNotDraft(gone.State);
        if (PensionPlans.Find(planCode) is not { IsOffered: true } plan)
            return new PlanNotAvailable();
        return await EditAsync(stored, it => it with { Plan = plan.Code, Description = description.Value }, rules.Now, table);
    }

    internal static async Task<Result<PrivateFund>> EditAsync(StoredFund stored, Func<PrivateFund, PrivateFund> edit, Instant now, FundTable table)
    {
        // A confirmation that is being carried out holds the draft as it was confirmed.
        var isDraft = true;
        stored = await table.ChangeAsync(stored, it => (isDraft = it is { Submission: null } && it.SeenAt(now).State == FundState.Draft) ? edit(it) : null, CancellationToken.None);
        return isDraft ? stored.It : new FundApplicationNotDraft(stored.It.SeenAt(now).State);
    }
}
