using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;
using Serverless.Banking.Turnovers;

namespace Serverless.Banking.Cancellations;

/// <summary>Carries a request through what its state asks for (EKL-28). Every step may be repeated and raced, by whoever comes next.</summary>
/// <remarks>
/// The request's row decides (guarded by its ETag), then the books, then who is told; last the index row goes. By the state of the payment: what has not left is
/// rejected and its hold lifted; what a partner has is recalled; what is on another account of the bank comes back when its holder agrees. Money returns by a
/// correcting entry, whose id is the request's, so that it returns once.
/// </remarks>
internal sealed class CancellationCourse(
    CancellationTable table, FindOrderedPayment find, InterbankOrders orders, InterbankCourse interbank, RecallPayment recall, ReverseJournal reverse,
    Func<PlaceDocument> place, PdfReports reports, FindContactDetails contacts, SendNotice send, IOptions<CancellationsOptions> options, TimeProvider time)
{
    /// <summary>Of the documents that ask receivers.</summary>
    public const string Process = "payment_cancellation";

    public const string NotSent = "cancelled_by_customer";

    public Instant Now => time.NowToTheMillisecond();

    public async Task<CancellationRecord> ContinueAsync(CancellationRecord record, CancellationToken cancellation)
    {
        switch (record.It.State)
        {
            case CancellationState.Requested:
                await WriteToContactCentreAsync(record.It, cancellation);
                return record;
            case CancellationState.Approved:
                record = await BeginAsync(record, cancellation);
                return record.It.State == CancellationState.Approved ? record : await ContinueAsync(record, cancellation);
            case CancellationState.AwaitingConsent:
                await AskReceiverAsync(record.It, cancellation);
                return record;
            case CancellationState.Recalling:
                record = await RecallAsync(record, cancellation);
                return record.It.IsFinal ? await ContinueAsync(record, cancellation) : record;
            case CancellationState.Returning:
                record = await ReturnAsync(record, cancellation);
                return record.It.IsFinal ? await ContinueAsync(record, cancellation) : record;
            default:
                await TellAsync(record.It, cancellation);
                await table.CloseAsync(record.It, cancellation);
                return record;
        }
    }

    /// <summary>Moves on from one state only.</summary>
    public async Task<CancellationRecord> MoveAsync(CancellationRecord record, CancellationState from, Func<Cancellation, Cancellation> to, CancellationToken cancellation) =>
        await ContinueAsync(await table.ChangeAsync(record, it => it.State == from ? to(it) : null, cancellation), cancellation);

    /// <summary>What has run out ends.</summary>
    public Task<CancellationRecord> ExpireAsync(CancellationRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        if (DeadlineOf(it) is not { } deadline || deadline > Now)
            return Task.FromResult(record);
        return MoveAsync(
            record, it.State,
            one => one.Refuse(it.State switch
            {
                CancellationState.Requested => CancellationRefusals.Undecided,
                CancellationState.AwaitingConsent => CancellationRefusals.ReceiverSilent,
                _ => CancellationRefusals.PartnerSilent,
            }, null, Now),
            cancellation);
    }

    /// <summary>Null where nobody is waited for.</summary>
    public Instant? DeadlineOf(Cancellation it) => it.State switch
    {
        CancellationState.Requested => it.Since + Duration.FromTimeSpan(options.Value.DecideWithin),
        CancellationState.AwaitingConsent => it.Since + Duration.FromTimeSpan(options.Value.ConsentWithin),
        CancellationState.Recalling => it.Since + Duration.FromTimeSpan(options.Value.RecallWithin),
        _ => null,
    };

    /// <summary>When it has to be looked at next: a reminder, or the deadline.</summary>
    public Instant? WakeOf(Cancellation it)
    {
        var reminder = it.RequestedAt + Duration.FromTimeSpan(options.Value.RemindAfter);
        return it.State == CancellationState.Requested && Now < reminder ? reminder : DeadlineOf(it);
    }

    /// <summary>Why it cannot be approved now; null when it can.</summary>
    public async Task<Error?> ObjectionAsync(Cancellation it, CancellationToken cancellation)
    {
        var found = await find.RunAsync(it.Customer, it.Number, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var payment = found.Value;
        return payment.State is "rejected" or "returned" or "failed" ? new PaymentNotCancellable(payment.State)
            : payment.Bill is { State: not PaymentState.Paid } || payment.Transfer is { IsWithinBank: true, State: not TransferState.Settled } ? new PaymentUnderWay(payment.State)
            : null;
    }

    private async Task<CancellationRecord> BeginAsync(CancellationRecord record, CancellationToken cancellation)
    {
        var payment = (await find.RunAsync(record.It.Customer, record.It.Number, cancellation)).Value!;
        CancellationState next;
        if (payment.Transfer is { IsWithinBank: false } leaving)
            next = await StopAsync(leaving, cancellation);
        else if (payment.Transfer is { } inside && inside.To.Fund is null)
            next = inside.To.Customer == record.It.Customer ? CancellationState.Returning : CancellationState.AwaitingConsent;
        else
            next = CancellationState.Recalling;
        return await table.ChangeAsync(record, it => it.State == CancellationState.Approved ? it.At(next, Now) : null, cancellation);
    }

    /// <summary>A transfer to another bank that has not left is rejected, and its hold lifted; one that has is recalled.</summary>
    private async Task<CancellationState> StopAsync(Transfer transfer, CancellationToken cancellation)
    {
        if (await orders.FindAsync(transfer.Id, cancellation) is not { } order)
            return CancellationState.Cancelled;
        order = await interbank.RejectAsync(
            order, NotSent, one => one.State is InterbankOrderState.New or InterbankOrderState.Suspended or InterbankOrderState.Cleared, cancellation);
        return order.Order.State is InterbankOrderState.Rejected or InterbankOrderState.Returned or InterbankOrderState.Abandoned
            ? CancellationState.Cancelled
            : CancellationState.Recalling;
    }

    private async Task AskReceiverAsync(Cancellation it, CancellationToken cancellation)
    {
        var transfer = (await find.RunAsync(it.Customer, it.Number, cancellation)).Value!.Transfer!;
        var receiver = transfer.To.Customer ?? throw new InvalidOperationException($"Transfer {transfer.Id} names no receiver.");
        var language = (await contacts.RunAsync(receiver, cancellation))?.Language ?? default;
        await place().RunAsync(
            new DocumentToPlace(
                receiver, Process, ProcessId(it), language.Say("Kthim i një transferte", "Return of a transfer"), Consent(it, transfer, language),
                it.Since + Duration.FromTimeSpan(options.Value.ConsentWithin)),
            cancellation);
    }

    /// <summary>What the receiver agrees to. Nothing of the payer but what the transfer itself told.</summary>
    private DocumentFile Consent(Cancellation it, Transfer transfer, Language language)
    {
        var report = reports.Begin(language.Say("Pëlqim për kthimin e një transferte", "Consent to the return of a transfer"), it.Number.ToString("D"), it.Since, language);
        report.Facts(
        [
            (language.Say("Transferta", "Transfer"), it.Number.ToString("D")),
            (language.Say("Paguesi", "Payer"), transfer.Payer.Name ?? transfer.Payer.Account),
            (language.Say("Shuma", "Amount"), Words.Amount(transfer.Amount)),
        ]);
        report.Paragraph(language.Say(
            "Paguesi kërkon anulimin e kësaj transferte. Nëse pranoni, shuma i kthehet nga llogaria juaj.",
            "The payer asks for this transfer to be cancelled. If you agree, the amount goes back from your account."));
        return new DocumentFile($"consent-{it.Number:D}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    /// <summary>Between banks by camt.056; other partners are asked by staff, who enter the answer. What the network has refused meanwhile needs no recall.</summary>
    private async Task<CancellationRecord> RecallAsync(CancellationRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        if ((await find.RunAsync(it.Customer, it.Number, cancellation)).Value!.Transfer is not { IsWithinBank: false } transfer)
            return record;
        if (transfer.State is TransferState.Rejected or TransferState.Returned)
            return await table.ChangeAsync(record, one => one.State == CancellationState.Recalling ? one.At(CancellationState.Cancelled, Now) : null, cancellation);
        await recall.RunAsync(transfer, it.Id, it.Since, cancellation);
        return record;
    }

    private async Task<CancellationRecord> ReturnAsync(CancellationRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        var payment = (await find.RunAsync(it.Customer, it.Number, cancellation)).Value!;
        if (payment.Transfer is { IsWithinBank: false } between)
        {
            // The other bank has agreed: its return books the money, through the orders' own course.
            return between.State == TransferState.Returned
                ? await table.ChangeAsync(record, one => one.State == CancellationState.Returning ? one.At(CancellationState.Cancelled, Now) : null, cancellation)
                : record;
        }

        var (journal, reversal) = payment.Transfer is { } transfer
            ? (transfer.Transaction, TransactionId.Derive("cancellation", it.Id.ToString("N")))
            : (payment.Bill!.Journal, payment.Bill.Reversal);
        var reversed = await reverse.RunAsync(journal, payment.From, reversal, "Anulim i pageses", cancellation);
        if (reversed.Error is AccountBusy)
            throw new InvalidOperationException($"Cancellation {it.Id} cannot be booked now.");
        if (reversed.IsSuccess && payment.Transfer is { } back)
            await interbank.ShowAsync(back, TransferState.Returned, null, cancellation);
        return await table.ChangeAsync(
            record,
            one => one.State != CancellationState.Returning ? null
                : reversed.IsSuccess || reversed.Error is AlreadyReversed ? one.At(CancellationState.Cancelled, Now)
                : one.Refuse(CancellationRefusals.MoneySpent, reversed.Error!.Code, Now),
            cancellation);
    }

    /// <summary>At once, and again when nobody has decided for a while.</summary>
    private async Task WriteToContactCentreAsync(Cancellation it, CancellationToken cancellation)
    {
        await MailAsync(it, "first", cancellation);
        if (Now >= it.RequestedAt + Duration.FromTimeSpan(options.Value.RemindAfter))
            await MailAsync(it, "reminder", cancellation);
    }

    private Task<bool> MailAsync(Cancellation it, string which, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of("cancellation requested", it.Id.ToString("N"), which), null, NoticeChannel.Email, NoticeKind.CancellationRequested,
            new Dictionary<string, string> { ["number"] = it.Number.ToString("D"), ["customer"] = it.Customer.Value, ["why"] = it.Reason })
        {
            Address = options.Value.ContactCentre,
            Language = Language.Albanian,
            Attachment = PaymentDetailsRenderer.DocumentOf(it.Customer, it.Number, Language.Albanian),
        },
        cancellation);

    private async Task TellAsync(Cancellation it, CancellationToken cancellation) => await send.RunAsync(
        new Notice(
            NoticeId.Of("cancellation decided", it.Id.ToString("N")), it.Customer, NoticeChannel.Push,
            it.State == CancellationState.Cancelled ? NoticeKind.CancellationDone : NoticeKind.CancellationRefused,
            new Dictionary<string, string> { ["number"] = it.Number.ToString("D") }, $"payments/{it.Number:D}/cancellation"),
        cancellation);

    public static string ProcessId(Cancellation it) => $"{it.Customer.Value}|{it.Number:N}";
}
