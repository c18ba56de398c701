using Azure;
using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Devices;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Telemetry;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Takes a confirmed transfer to another bank, once: amount and fee are reserved, and the customer has it on record (TRF-37).</summary>
/// <remarks>
/// Order of the writes: the order and its index row; the hold; the customer's transfer with key and limits in one group, which is what counts. Killed before
/// that, <see cref="BeginInterbankOrder"/> withdraws the order and lifts the hold; after it, the workflow is started by whoever comes next.
/// </remarks>
public sealed class SendInterbankTransfer
{
    private const int TriesAtMost = 12;

    private readonly SealedQuotes quotes;
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly PlaceHold hold;
    private readonly TransferTable table;
    private readonly LimitBooks books;
    private readonly TransferLimits limits;
    private readonly BankCalendar calendar;
    private readonly InternationalTerms terms;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal SendInterbankTransfer(
        SealedQuotes quotes, InterbankOrders orders, InterbankCourse course, PlaceHold hold, TransferTable table, LimitBooks books, TransferLimits limits,
        BankCalendar calendar, InternationalTerms terms, TimeProvider time, BankMetrics metrics)
    {
        (this.quotes, this.orders, this.course, this.hold, this.table) = (quotes, orders, course, hold, table);
        (this.books, this.limits, this.calendar, this.terms, this.time, this.metrics) = (books, limits, calendar, terms, time, metrics);
    }

    /// <returns>
    /// The transfer as it was taken: start its workflow. A repeated key gives the same answer. Or, first match: <see cref="DeviceNotTrusted"/>,
    /// <see cref="QuoteNotFound"/>, <see cref="PossibleDuplicatePayment"/>, <see cref="IdempotencyKeyReused"/>, <see cref="QuoteExpired"/>, <see cref="TransferAlreadyConfirmed"/>,
    /// <see cref="TransferTermsNotAccepted"/> (they have changed), <see cref="TransferInterrupted"/>, <see cref="TransferLimitExceeded"/>, <see cref="TransferTooOften"/>,
    /// <see cref="ExchangeRateMissing"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>,
    /// <see cref="MinimumBalanceReached"/>, <see cref="AccountBusy"/>.
    /// </returns>
    public async Task<Result<InterbankOrder>> RunAsync(TransferConfirmation confirmation, CancellationToken cancellation)
    {
        var sent = await TakeOnceAsync(confirmation, cancellation);
        metrics.Transfer(confirmation.Kind.Short(), sent.IsSuccess ? "accepted" : "refused", sent.IsSuccess ? sent.Value.Transfer.Amount : null, sent.Error);
        return sent;
    }

    private async Task<Result<InterbankOrder>> TakeOnceAsync(TransferConfirmation confirmation, CancellationToken cancellation)
    {
        var (customer, kind) = (confirmation.Customer, confirmation.Kind);
        if (kind == TransferKind.International && !confirmation.Device.IsTrusted)
            return new DeviceNotTrusted();
        var used = await table.FindKeyAsync(customer, confirmation.Key, cancellation);
        var opened = quotes.OpenEvenExpired<InterbankTerms>(customer, kind.Code(), confirmation.Quote);
        if (!opened.IsSuccess)
            return used is null ? opened.Error : new IdempotencyKeyReused();
        var quote = opened.Value;
        var id = TransferId.OfQuote(customer, quote.Id);
        if (used is { } first)
            return first.Transfer == id && first.RequestHash == confirmation.RequestHash ? await AnswerAsync(id, cancellation) : new IdempotencyKeyReused();
        if (quote.Content.Terms.PossibleDuplicate is { } earlier && !confirmation.PayAgain)
            return new PossibleDuplicatePayment(earlier);
        if (quote.ExpiresAt <= Now)
            return new QuoteExpired(quote.ExpiresAt);
        if (quote.Content.TermsVersion is { } accepted && accepted != terms.Version)
            return new TransferTermsNotAccepted("/quoteId", terms.Version);
        if (await table.FindAsync(customer, id, cancellation) is not null && await FindEarlierAsync(customer, id, confirmation) is { } taking)
            return taking.IsSuccess ? await AnswerAsync(id, cancellation) : taking.Error;

        var taken = await TakeAsync(id, confirmation, quote.Content, cancellation);
        return taken.IsSuccess ? await AnswerAsync(id, cancellation) : taken.Error;
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task<Result<Nothing>> TakeAsync(TransferId id, TransferConfirmation confirmation, InterbankTerms content, CancellationToken cancellation)
    {
        var shown = content.Terms;
        var now = Now;
        var counted = limits.Take(await books.ReadAsync(confirmation.Customer, cancellation), confirmation.Kind, confirmation.Device, shown.Debit, now);
        if (!counted.IsSuccess)
            return counted.Error;

        var plan = calendar.Plan(confirmation.Kind.Short(), now);
        var transfer = new Transfer(
            id, confirmation.Kind, confirmation.Customer, shown.From, shown.Payer, shown.To, shown.Amount, shown.Debit, shown.Fee, shown.FeeBearer, shown.Rate,
            shown.Description, Origin: null, Failure: null, [new TransferStep(TransferState.Accepted, now)])
        {
            Channel = confirmation.Device.Channel,
        };
        var record = await orders.BeginAsync(
            new InterbankOrder(
                transfer, content.Instructed, content.Charge, content.Purpose, content.PayeeCategory, content.TermsVersion, plan.StartsAt, plan.ExecutionDate,
                plan.ExpectedBy, InterbankOrderState.New),
            cancellation);
        if (record.Order.State == InterbankOrderState.Abandoned)
            return new TransferInterrupted();

        // An earlier try of the same order may have begun it: its moment is the one that counts.
        transfer = record.Order.Transfer;
        var held = await hold.RunAsync(
            record.Order.Hold, transfer.From, transfer.Total, InterbankHolds.Until(transfer.OrderedAt), record.Order.MessageId, cancellation);
        if (!held.IsSuccess)
            return held.Error is HoldEnded ? new TransferInterrupted() : held.Error;
        if (held.Value.State != HoldState.Held)
            return new TransferInterrupted();

        var recorded = await RecordAsync(transfer, confirmation, shown);
        if (recorded.Error is not (null or TransferAlreadyConfirmed) && await table.FindAsync(transfer.Customer, id, CancellationToken.None) is null)
        {
            // Nobody has it on record: the reservation goes at once, not with the sweeper.
            (record, _) = await orders.ChangeAsync(
                record, order => order.State == InterbankOrderState.New ? order with { State = InterbankOrderState.Abandoned } : null, CancellationToken.None);
            await course.ContinueAsync(record, CancellationToken.None);
        }

        return recorded;
    }

    private async Task<Result<Nothing>> RecordAsync(Transfer transfer, TransferConfirmation confirmation, TransferTerms shown)
    {
        var order = new TransferOrder(transfer.Id, transfer.Kind, transfer.Customer, confirmation.Key, confirmation.RequestHash, shown, confirmation.Device)
        {
            SaveBeneficiary = confirmation.SaveBeneficiary,
        };
        using var gate = await books.EnterAsync(transfer.Customer);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var book = await books.ReadAsync(transfer.Customer, CancellationToken.None);
            var counted = limits.Take(book, transfer.Kind, confirmation.Device, transfer.Debit, Now);
            if (!counted.IsSuccess)
                return await FindEarlierAsync(transfer.Customer, transfer.Id, confirmation) ?? counted.Error;
            try
            {
                await table.AddAsync(transfer, order, counted.Value);
                return default(Nothing);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                books.Forget(transfer.Customer);
                if (await FindEarlierAsync(transfer.Customer, transfer.Id, confirmation) is { } answer)
                    return answer;
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        return new AccountBusy();
    }

    /// <returns>Success when this very order is on record; why it is another one; null when there is nothing on record.</returns>
    private async Task<Result<Nothing>?> FindEarlierAsync(CustomerId customer, TransferId id, TransferConfirmation confirmation)
    {
        // The transfer first: its key is written with it, so when there is one, the key read after it says whose it is.
        var isRecorded = await table.FindAsync(customer, id, CancellationToken.None) is not null;
        if (await table.FindKeyAsync(customer, confirmation.Key, CancellationToken.None) is not { } used)
            return isRecorded ? new TransferAlreadyConfirmed(id) : (Result<Nothing>?)null;
        return used.Transfer == id && used.RequestHash == confirmation.RequestHash ? default(Nothing) : new IdempotencyKeyReused();
    }

    /// <summary>As it was taken, whatever has become of it since: a repeat gets the first answer.</summary>
    private async Task<Result<InterbankOrder>> AnswerAsync(TransferId id, CancellationToken cancellation) =>
        await orders.FindAsync(id, cancellation) is { } record ? record.Order : new TransferInterrupted();
}
