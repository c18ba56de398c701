using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Remittances;

/// <summary>Carries a begun remittance as far as it can go now. Every step may be repeated.</summary>
internal sealed class RemittanceCourse(
    RemittanceTable remittances, RiaClient ria, PostJournal post, VoidJournal voids, SealedQuotes quotes, SendNotice notices, TimeProvider time)
{
    private const string PinPurpose = "remittance_pin";

    /// <summary>A PIN is as good as the money; it is kept only as long as the payout may take, and only the bank can read it.</summary>
    public string SealPin(CustomerId customer, string pin) => quotes.Seal(customer, PinPurpose, pin, Duration.FromDays(60)).Text;

    public async Task<RemittanceRecord> ContinueAsync(RemittanceRecord record, CancellationToken cancellation)
    {
        if (record.Remittance.State is RemittancePayoutState.Pending or RemittancePayoutState.Unresolved)
            record = await ApplyAsync(record, await AskAsync(record, cancellation), cancellation);
        if (record.Remittance.State == RemittancePayoutState.Confirmed)
            record = await CreditAsync(record, cancellation);
        if (record.Remittance.State is RemittancePayoutState.Credited or RemittancePayoutState.Suspense or RemittancePayoutState.Refused)
            await remittances.CloseAsync(record.Remittance.Id, cancellation);
        return record;
    }

    private async Task<PayoutAnswer> AskAsync(RemittanceRecord record, CancellationToken cancellation)
    {
        var pin = quotes.OpenEvenExpired<string>(record.Remittance.Customer, PinPurpose, record.SealedPin).Value!.Content;
        return await ria.PayOutAsync(record.Remittance.Id.Value, pin, cancellation);
    }

    private async Task<RemittanceRecord> ApplyAsync(RemittanceRecord record, PayoutAnswer answer, CancellationToken cancellation) => answer.Status switch
    {
        PayoutStatus.Confirmed => await remittances.ChangeAsync(
            record,
            remittance => remittance.State < RemittancePayoutState.Confirmed
                ? remittance with { State = RemittancePayoutState.Confirmed, Reference = answer.Reference }
                : null,
            cancellation),
        PayoutStatus.Refused => await remittances.ChangeAsync(
            record,
            remittance => remittance.State < RemittancePayoutState.Confirmed
                ? remittance with { State = RemittancePayoutState.Refused, RefusalCode = answer.Code }
                : null,
            cancellation),
        _ => record,
    };

    private async Task<RemittanceRecord> CreditAsync(RemittanceRecord record, CancellationToken cancellation)
    {
        var remittance = record.Remittance;
        var journal = JournalOf(remittance, TransactionId.Derive("remittance", remittance.Id.Value.ToString("N")), toSuspense: false);
        var posted = await post.RunAsync(journal, cancellation);
        var state = RemittancePayoutState.Credited;
        if (posted.Error is AccountNotFound or AccountNotUsable or AccountCurrencyMismatch or BalanceTooLarge or TransactionVoided)
        {
            // Closed meanwhile. The money is the customer's all the same: it waits where staff see it, and can never arrive twice.
            if ((await voids.RunAsync(journal.Id, remittance.To, cancellation)).Value == VoidOutcome.Voided)
            {
                posted = await post.RunAsync(
                    JournalOf(remittance, TransactionId.Derive("remittance_suspense", remittance.Id.Value.ToString("N")), toSuspense: true), cancellation);
                state = RemittancePayoutState.Suspense;
            }
        }
        else if (!posted.IsSuccess)
        {
            // Busy: the sweeper or the workflow comes again.
            return record;
        }

        if (state == RemittancePayoutState.Credited)
            await TellAsync(remittance, cancellation);
        return await remittances.ChangeAsync(
            record, known => known.State == RemittancePayoutState.Confirmed ? known with { State = state } : null, cancellation);
    }

    private Journal JournalOf(Remittance remittance, TransactionId id, bool toSuspense)
    {
        var (sent, credited) = (remittance.Sent, remittance.Credited);
        List<Leg> legs = [Leg.Debit(BankAccount.Settlement("ria", sent.Currency), sent)];
        if (toSuspense)
        {
            legs.Add(Leg.Credit(BankAccount.Suspense(sent.Currency), sent));
        }
        else
        {
            if (sent.Currency != credited.Currency)
            {
                legs.Add(Leg.Credit(new BankAccount("fx/position", sent.Currency), sent));
                legs.Add(Leg.Debit(new BankAccount("fx/position", credited.Currency), credited));
            }

            legs.Add(Leg.Credit(remittance.To, credited, remittance.Sender.Length > 0 ? new Party(remittance.Sender, null) : null));
        }

        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        return new Journal(id, "remittance", legs, "Ria", today, remittance.Id.Value.ToString("N"));
    }

    private Task TellAsync(Remittance remittance, CancellationToken cancellation) => notices.RunAsync(
        new Notice(
            NoticeId.Of("remittance", remittance.Id.Value.ToString("N")), remittance.Customer, NoticeChannel.Push, NoticeKind.RemittanceCredited,
            new Dictionary<string, string> { ["amount"] = $"{remittance.Credited.ToDecimalString()} {remittance.Credited.Currency.Code}" }),
        cancellation);
}
