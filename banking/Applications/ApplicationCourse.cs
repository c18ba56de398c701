using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Applications;

/// <summary>How an application goes on. Every step may be repeated and raced, by whoever comes next; the application's row decides, guarded by its ETag.</summary>
internal sealed class ApplicationCourse(
    ApplicationTable table, Scoring scoring, LimitOffer offer, GrantOverdraft grant, CardCourse card, ApplicationNotices notices, ApplicationEvents events,
    IOptionsMonitor<ApplicationsOptions> options, TimeProvider time)
{
    public const string LimitRejected = "limit_rejected";

    public Instant Now => time.NowToTheMillisecond();

    private ApplicationsOptions Rules => options.CurrentValue;

    public ProductApplication Start(Guid id, CustomerId customer, ApplicationProduct product) =>
        new(id, customer, product, [new ApplicationStep(ApplicationState.Draft, Now)]) { Deadline = Now + Duration.FromDays(Rules.DraftDays) };

    /// <summary>Changes a draft.</summary>
    /// <returns>Or <see cref="ApplicationNotDraft"/>.</returns>
    public async Task<Result<ProductApplication>> EditAsync(ApplicationRecord record, Func<ProductApplication, ProductApplication> edit, CancellationToken cancellation)
    {
        var isDraft = true;
        record = await table.ChangeAsync(record, it => (isDraft = it.SeenAt(Now).State == ApplicationState.Draft) ? edit(it) : null, cancellation);
        return isDraft ? record.It : new ApplicationNotDraft(record.It.SeenAt(Now).State);
    }

    /// <summary>Does what its state asks for, as far as it goes now; then tells.</summary>
    public async Task<ApplicationRecord> ContinueAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        while (true)
        {
            var before = record.It.State;
            record = before switch
            {
                ApplicationState.Submitted => await AssessAsync(record, cancellation),
                ApplicationState.LowerLimitOffered => await OfferAsync(record, cancellation),
                ApplicationState.Approved when record.It.Product == ApplicationProduct.Overdraft => await GrantAsync(record, cancellation),
                ApplicationState.WaitingForIdentification => await card.IdentifyAsync(record, cancellation),
                ApplicationState.WaitingForSignature => await card.SignAsync(record, cancellation),
                ApplicationState.Issued => await card.FollowAsync(record, cancellation),
                _ => record,
            };
            record = await table.ChangeAsync(record, it => it.Deadline <= Now && !it.IsFinal ? it.At(ApplicationState.Expired, it.Deadline.Value) : null, cancellation);
            if (record.It.State == before)
                break;
        }

        if (record.It.State is ApplicationState.Withdrawn or ApplicationState.Expired)
            await card.LetGoAsync(record.It, cancellation);
        await notices.TellAsync(record.It, Now, cancellation);
        await events.TellAsync(record.It, cancellation);
        if (record.It.State is ApplicationState.Declined or ApplicationState.Withdrawn or ApplicationState.Expired)
            await table.EraseAtAsync(record.It, record.It.Timeline[^1].At + Duration.FromDays(Rules.RetentionDays), cancellation);
        await table.LeaveQueuesAsync(record.It, cancellation);
        return record;
    }

    /// <summary>When it has to be looked at next: a reminder, the deadline, or a partner who did not answer; null when nobody is waited for.</summary>
    public Instant? WakeOf(ProductApplication it)
    {
        var waiting = notices.ReminderOf(it) is { } reminder && reminder > Now ? reminder : it.Deadline;
        Instant? partner = it switch
        {
            { State: ApplicationState.Submitted } => Now,
            { State: ApplicationState.WaitingForIdentification, Card: { IdentifiedAt: null, SessionUntil: { } until } } when it.Card.Session == CardIdentifications.Present(it) => until,
            { State: ApplicationState.WaitingForSignature, Card: { SignedAt: null, Signature: { } open } } => open.ExpiresAt,
            { State: ApplicationState.WaitingForSignature } => Now,
            _ => null,
        };
        if (partner is not { } asked)
            return waiting;
        var again = Instant.Max(asked, Now + CardCourse.Pause);
        return waiting is { } earlier && earlier < again ? earlier : again;
    }

    /// <summary>As the bank decided.</summary>
    public ProductApplication Decide(ProductApplication it, ApplicationDecision decision)
    {
        var decided = decision.Limit is not { } limit ? it.At(ApplicationState.Declined, Now)
            : limit < it.Requested! ? it.At(ApplicationState.LowerLimitOffered, Now, Now + Duration.FromDays(Rules.OfferDays))
            : Approve(it);
        return decided with { Decision = decision };
    }

    /// <summary>An overdraft's approval waits for nobody.</summary>
    public ProductApplication Approve(ProductApplication it) => it.At(
        ApplicationState.Approved, Now, it.Product == ApplicationProduct.CreditCard ? Now + Duration.FromDays(Rules.OfferDays) : null);

    /// <summary>What the customer said to a lower limit; null when it waits for no answer any more.</summary>
    public ProductApplication? Answer(ProductApplication it, ApprovalState answer) => it.State != ApplicationState.LowerLimitOffered ? null : answer switch
    {
        ApprovalState.Approved => Approve(it),
        ApprovalState.Rejected => it.At(ApplicationState.Withdrawn, Now) with { EndedBy = LimitRejected },
        ApprovalState.Expired => it.At(ApplicationState.Expired, it.Deadline ?? Now),
        _ => null,
    };

    /// <summary>Contract and privacy policy are read.</summary>
    public ProductApplication Identify(ProductApplication it, string policy) => it.At(
        ApplicationState.WaitingForIdentification, Now, Now + Duration.FromDays(Rules.IdentificationDays)) with
    {
        Card = it.Card with { PrivacyPolicy = policy, PrivacyReadAt = Now },
    };

    /// <summary>One identification less; after the last a branch has as long as the camera had.</summary>
    public ProductApplication Fail(ProductApplication it, string reason)
    {
        var failed = it.Card.FailedIdentifications + 1;
        return it with
        {
            Card = it.Card with { FailedIdentifications = failed, LastFailure = reason },
            Deadline = failed >= CardIdentifications.TriesAtMost ? Now + Duration.FromDays(Rules.IdentificationDays) : it.Deadline,
        };
    }

    private async Task<ApplicationRecord> AssessAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        var assessment = await scoring.RunAsync(record.It, Now, cancellation);
        if (assessment is null)
        {
            if (record.It.SubmittedAt + Duration.FromHours(Rules.RegistryHours) > Now)
                return record;
            assessment = new Assessment(null, Verdict.Review, null, null, 0, [Scoring.RegistrySilent], Now);
        }

        return await table.ChangeAsync(
            record, it => it.State == ApplicationState.Submitted ? Assessed(it, assessment) with { Assessment = assessment } : null, cancellation);
    }

    private ProductApplication Assessed(ProductApplication it, Assessment assessment) => assessment.Verdict switch
    {
        Verdict.Approve => Decide(it, new ApplicationDecision(it.Requested, null, ApplicationDecision.Automatic, Now, null)),
        Verdict.Decline => Decide(it, new ApplicationDecision(null, null, ApplicationDecision.Automatic, Now, null)),
        _ => it.At(ApplicationState.InReview, Now, Now + Duration.FromDays(Rules.ReviewDays)),
    };

    /// <summary>The lower limit lies among the customer's approvals; what was answered there before a process was killed is taken up, also after the deadline.</summary>
    private async Task<ApplicationRecord> OfferAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        var answer = await offer.PlaceAsync(record.It, cancellation);
        return answer is ApprovalState.Approved or ApprovalState.Rejected ? await table.ChangeAsync(record, it => Answer(it, answer), cancellation) : record;
    }

    /// <summary>The ledger knows the application: its limit is set once, whoever tries again.</summary>
    private async Task<ApplicationRecord> GrantAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        var granted = await grant.RunAsync(record.It.Account!.Value, record.It.Id, record.It.Decision!.Limit!, cancellation);
        if (granted.Error is AccountBusy)
            throw new InvalidOperationException($"The account of application {record.It.Id} is too busy now.");
        return await table.ChangeAsync(
            record,
            it => it.State != ApplicationState.Approved ? null
                : granted.IsSuccess ? it.At(ApplicationState.Active, Now)
                : it.At(ApplicationState.Declined, Now) with { EndedBy = granted.Error!.Code },
            cancellation);
    }
}
