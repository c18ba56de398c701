using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Insurance;

/// <summary>Carries a purchase as far as it can go now. Every step may be repeated, by whoever comes next.</summary>
/// <remarks>
/// The purchase's row decides, guarded by its ETag: issued, refused or lapsed, whichever was first. Then the money, then what is told, last the queue's row goes. So there is never a debit
/// without a policy; and never a policy without a debit, because an order that has lapsed or was refused is called off at the insurer until it says so, whatever it issues meanwhile.
/// </remarks>
internal sealed partial class PolicyCourse(
    PurchaseTable purchases, InsurerClient insurers, InsuranceLists lists, ListHolds holds, PostJournal post, ReleaseHold release, StoredDocuments documents, InsuranceContract contract, SendNotice notices,
    IOptions<InsuranceOptions> options, TimeProvider time, ILogger<PolicyCourse> log)
{
    public const string DocumentKind = "insurance_policy";

    /// <summary>A hundred years: a hold that ran out by itself would let the money be spent twice.</summary>
    public static readonly Duration HeldAtMost = Duration.FromDays(36_500);

    private static readonly Duration ShortestPause = Duration.FromSeconds(5);

    private static readonly Duration LongestPause = Duration.FromHours(1);

    /// <summary>Nothing is left to do: the row in the queue is gone.</summary>
    public bool IsOver(PolicyPurchase it) => it.State switch
    {
        PurchaseState.Issued => it.DocumentHash is not null || Now >= it.Timeline[^1].At + Duration.FromTimeSpan(options.Value.DocumentDeadline),
        _ => it.IsFinal,
    };

    /// <summary>When it is looked at again, as long after the last step as that is ago, at most an hour; null when it is over.</summary>
    public Instant? WakeOf(PolicyPurchase it)
    {
        if (IsOver(it))
            return null;
        var now = Now;
        var next = now + Duration.Max(ShortestPause, Duration.Min(LongestPause, now - it.Timeline[^1].At));
        return it.State == PurchaseState.Ordered && it.AnswerBy < next ? it.AnswerBy : next;
    }

    /// <exception cref="InvalidOperationException">The account is too busy or blocked: to be tried again.</exception>
    public async Task<PurchaseRecord> ContinueAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        if (record.It.State == PurchaseState.Ordered)
            record = Now < record.It.AnswerBy ? await OrderAsync(record, cancellation) : await LapseAsync(record, cancellation);
        if (record.It.State == PurchaseState.Booking)
            record = await BookAsync(record, cancellation);
        if (record.It.State == PurchaseState.Issued)
            record = await FetchDocumentAsync(record, cancellation);
        if (record.It.State is PurchaseState.Refused or PurchaseState.Lapsing)
            await GiveBackAsync(record.It, cancellation);
        if (record.It.State == PurchaseState.Lapsing)
            record = await CallOffAsync(record, cancellation);
        if (IsOver(record.It))
            await purchases.CloseAsync(record.It, cancellation);
        return record;
    }

    /// <summary>The insurer's word, by answer or by webhook. Whatever it says twice, late or against itself changes nothing.</summary>
    /// <returns>Whether it stands; false: it comes too late or against what was said.</returns>
    public async Task<(PurchaseRecord Record, bool Stands)> ApplyAsync(PurchaseRecord record, PolicyAnswer answer, CancellationToken cancellation)
    {
        switch (answer)
        {
            case { Status: PolicyStatus.Issued, Policy: { } policy }:
                record = await purchases.ChangeAsync(
                    record, it => it.State == PurchaseState.Ordered ? it.At(PurchaseState.Booking, Now) with { Policy = policy } : null, cancellation);
                return (record, record.It.State is PurchaseState.Booking or PurchaseState.Issued);
            case { Status: PolicyStatus.Refused }:
                record = await purchases.ChangeAsync(
                    record, it => it.State == PurchaseState.Ordered ? it.At(PurchaseState.Refused, Now) with { RefusalCode = answer.Code, Form = null } : null, cancellation);
                if (record.It.State is PurchaseState.Booking or PurchaseState.Issued)
                    LogContradiction(record.It.Id);
                return (record, record.It.State is PurchaseState.Refused or PurchaseState.Lapsing or PurchaseState.Lapsed);
            default:
                return (record, true);
        }
    }

    /// <summary>An insurer that has issued what was off already is told so.</summary>
    /// <returns>False: it has not understood yet.</returns>
    public Task<bool> CallOffAsync(PolicyPurchase it, CancellationToken cancellation) => insurers.CancelAsync(it.Insurer, it.Id, cancellation);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>One policy, however often it is ordered. Nothing is ordered that is not held.</summary>
    private async Task<PurchaseRecord> OrderAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        if (await holds.FindAsync(it.From, it.Hold, cancellation) is not { State: HoldState.Held })
        {
            // Captured or released by another run meanwhile, which has changed the purchase first; else it was lost.
            return await purchases.ChangeAsync(
                (await purchases.FindAsync(it.Id, cancellation))!,
                now => now.State == PurchaseState.Ordered ? now.At(PurchaseState.Refused, Now) with { RefusalCode = "hold_lost", Form = null } : null, cancellation);
        }

        var order = new PolicyOrder(
            it.Id, it.Reference, Form.CodeOf(it.Kind), Form.Of(it.Form!.Questions), it.Form.Details is { } details ? Form.Of(details) : null, it.Premium, it.Email);
        return (await ApplyAsync(record, await insurers.OrderAsync(it.Insurer, order, cancellation), cancellation)).Record;
    }

    /// <summary>Asked a last time; without an answer the order is off, from here on for good.</summary>
    private async Task<PurchaseRecord> LapseAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        (record, _) = await ApplyAsync(record, await insurers.FindAsync(record.It.Insurer, record.It.Id, cancellation), cancellation);
        return await purchases.ChangeAsync(
            record, it => it.State == PurchaseState.Ordered ? it.At(PurchaseState.Lapsing, Now) with { RefusalCode = "insurer_silent", Form = null } : null, cancellation);
    }

    private async Task<PurchaseRecord> BookAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        var posted = await post.RunAsync(JournalOf(it), cancellation);
        if (!posted.IsSuccess)
            throw new InvalidOperationException($"The premium of purchase {it.Id} cannot be booked now: {posted.Error.Code}.");
        await contract.PlaceAsync(it, cancellation);
        await TellAsync(it, it.Kind.DeliveryOf() == PolicyDelivery.Email ? NoticeKind.PolicyIssued : NoticeKind.PolicyOriginalFollows, cancellation);
        return await purchases.ChangeAsync(
            record, known => known.State == PurchaseState.Booking ? known.At(PurchaseState.Issued, Now) with { Form = null } : null, cancellation);
    }

    /// <summary>Kept only when it is what the insurer said it would be.</summary>
    private async Task<PurchaseRecord> FetchDocumentAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        if (it.DocumentHash is not null || IsOver(it) || await insurers.FindDocumentAsync(it.Insurer, it.Id, cancellation) is not { } content)
            return record;
        if (StoredDocuments.HashOf(content) is var hash && hash != it.Policy!.DocumentHash)
        {
            LogOtherDocument(it.Id);
            return record;
        }

        await documents.SaveAsync(it.Customer, DocumentKind, it.Id.ToString("N"), new DocumentFile($"policy-{it.Id:N}.pdf", DocumentFile.Pdf, content), cancellation);
        return await purchases.ChangeAsync(record, known => known.DocumentHash is null ? known with { DocumentHash = hash } : null, cancellation);
    }

    private async Task GiveBackAsync(PolicyPurchase it, CancellationToken cancellation)
    {
        if ((await release.RunAsync(it.Hold, it.From, it.Debit.Currency, cancellation)).Error is AccountBusy)
            throw new InvalidOperationException($"The hold of purchase {it.Id} cannot be lifted now.");
        await TellAsync(it, NoticeKind.PolicyNotIssued, cancellation);
    }

    private async Task<PurchaseRecord> CallOffAsync(PurchaseRecord record, CancellationToken cancellation)
    {
        var understood = await CallOffAsync(record.It, cancellation);
        if (!understood && Now < record.It.Timeline[^1].At + Duration.FromTimeSpan(options.Value.CancellationDeadline))
            return record;
        if (!understood)
            LogUnconfirmed(record.It.Id);
        return await purchases.ChangeAsync(
            record, it => it.State == PurchaseState.Lapsing ? it.At(PurchaseState.Lapsed, Now) with { CancellationUnconfirmed = !understood } : null, cancellation);
    }

    private Journal JournalOf(PolicyPurchase it)
    {
        var insurer = new Party(lists.Of(it.Insurer).Name, null);
        List<Leg> legs = [Leg.Debit(it.From, it.Debit, insurer)];
        if (it.Debit.Currency != it.Premium.Currency)
        {
            legs.Add(Leg.Credit(new BankAccount("fx/position", it.Debit.Currency), it.Debit));
            legs.Add(Leg.Debit(new BankAccount("fx/position", it.Premium.Currency), it.Premium));
        }

        legs.Add(Leg.Credit(BankAccount.Settlement(it.Insurer, it.Premium.Currency), it.Premium));
        return new Journal(
            it.Journal, PolicyOperations.JournalKind, legs, PolicyOperations.Describe(lists, it), Now.InZone(BankTime.Tirane).Date, it.Id.ToString("N"), captures: it.Hold);
    }

    private Task TellAsync(PolicyPurchase it, NoticeKind kind, CancellationToken cancellation) => notices.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), it.Id.ToString("N")), it.Customer, NoticeChannel.Push, kind,
            new Dictionary<string, string>
            {
                ["insurer"] = lists.Of(it.Insurer).Name,
                ["amount"] = $"{it.Premium.ToDecimalString()} {it.Premium.Currency.Code}",
            },
            $"insurance/policies/{it.Id:D}"),
        cancellation);

    [LoggerMessage(Level = LogLevel.Error, Message = "The insurer refuses purchase {Purchase}, whose policy it has issued and been paid for")]
    private partial void LogContradiction(Guid purchase);

    [LoggerMessage(Level = LogLevel.Error, Message = "The document of purchase {Purchase} is not the one that the insurer has announced")]
    private partial void LogOtherDocument(Guid purchase);

    [LoggerMessage(Level = LogLevel.Error, Message = "The insurer has not confirmed that purchase {Purchase} is off: somebody has to ask it")]
    private partial void LogUnconfirmed(Guid purchase);
}
