using Serverless.Banking.Customers;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Applications;

public sealed record CardIdentificationWish(CustomerId Customer, Guid Application, DocumentType Document, bool ImprovementConsent, Language Language);

/// <summary>Opens the video identification of an applicant (PROD-17), three times at most (PROD-32).</summary>
public sealed class StartCardIdentification
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly StartIdentification start;

    internal StartCardIdentification(ApplicationTable table, ApplicationCourse course, StartIdentification start) => (this.table, this.course, this.start) = (table, course, start);

    /// <returns>The session with its address, the same one until it has failed; wake the workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="StepNotPossible"/>,
    /// <see cref="IdentifiedAlready"/>, <see cref="BranchNeeded"/>, <see cref="Partners.VideoIdentificationUnavailable"/>.</returns>
    public async Task<Result<(ProductApplication Application, VideoSession Session)>> RunAsync(CardIdentificationWish wish, CancellationToken cancellation)
    {
        if (await table.FindAsync(wish.Application, cancellation) is not { } record || record.It.Customer != wish.Customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.WaitingForIdentification } gone)
            return new StepNotPossible(gone.State);
        if (record.It.Card.IdentifiedAt is not null)
            return new IdentifiedAlready();
        if (record.It.Card.FailedIdentifications >= CardIdentifications.TriesAtMost)
            return new BranchNeeded();
        var opened = await start.RunAsync(
            new IdentificationOrder(
                CardIdentifications.Kind, wish.Application.ToString("N"), record.It.Card.FailedIdentifications + 1, wish.Document, wish.ImprovementConsent, wish.Language),
            cancellation);
        if (!opened.IsSuccess)
            return opened.Error;
        record = await table.ChangeAsync(
            record,
            it => it.State == ApplicationState.WaitingForIdentification && CardIdentifications.Present(it) == opened.Value.Id && it.Card.Session != opened.Value.Id
                ? it with { Card = it.Card with { Session = opened.Value.Id, SessionUntil = opened.Value.ExpiresAt } }
                : null,
            CancellationToken.None);
        return (record.It, opened.Value);
    }
}

/// <summary>What comes of the sessions (PROD-18). The personal number must be that of the applicant.</summary>
internal sealed class CardIdentifications(ApplicationTable table, Func<ApplicationCourse> course, FindContactDetails contacts) : IIdentificationOutcome
{
    public const string Kind = "card_application";

    public const int TriesAtMost = CardTries.AtMost;

    private const string OtherPerson = "other_person";
    private const string Abandoned = "abandoned";
    private const string NotCertain = "low_confidence";

    public string SubjectKind => Kind;

    /// <summary>The session that counts now: what comes of any other one is nobody's news.</summary>
    public static Guid Present(ProductApplication it) => StartIdentification.IdOf(Kind, it.Id.ToString("N"), it.Card.FailedIdentifications + 1);

    public async Task<string?> TakeAsync(VideoSession session, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(session.SubjectId, "N", out var id) || await table.FindAsync(id, cancellation) is not { } record)
            return null;
        var failure = Failure(session, PersonalNumber.Find((await contacts.RunAsync(record.It.Customer, cancellation))?.PersonalNumber));
        await table.ChangeAsync(
            record,
            it => it.State != ApplicationState.WaitingForIdentification || it.Card.IdentifiedAt is not null || Present(it) != session.Id ? null
                : failure is null ? it with { Card = it.Card with { IdentifiedAt = course().Now, Session = session.Id, LastFailure = null } }
                : course().Fail(it, failure),
            cancellation);
        return id.ToString("N");
    }

    /// <summary>Null for the right person.</summary>
    private static string? Failure(VideoSession session, PersonalNumber? applicant) => session.Result switch
    {
        null => Abandoned,
        { Verdict: VideoVerdict.Approved, Person: { } person } => PersonalNumber.Find(person.PersonalNumber) is { } shown && shown == applicant ? null : OtherPerson,
        { Reasons: [var reason, ..] } => reason,
        _ => NotCertain,
    };
}
