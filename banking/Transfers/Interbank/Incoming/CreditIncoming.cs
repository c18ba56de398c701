using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Salaries;
using Serverless.Banking.Text;

namespace Serverless.Banking.Interbank;

/// <summary>Books what another bank's customers send to this bank's: each payment of a pacs.008 once, to the account or to suspense.</summary>
/// <remarks>
/// Journal ids are derived from sender, message and payment, so a message that comes again changes nothing. Money in another currency than the account's is
/// exchanged at the bank's rate. What no account can take waits on suspense, is reported, and goes back by <see cref="ReturnIncoming"/>. With the account in
/// memory the network waits for two storage calls in a row: intent (beside it the owner's name) and credit; the owner is told afterwards (<see cref="TellIncoming"/>).
/// </remarks>
public sealed class CreditIncoming
{
    internal const string Kind = "incoming_transfer";

    private readonly IbanAccounts accounts;
    private readonly PostJournal post;
    private readonly VoidJournal voids;
    private readonly FindJournal find;
    private readonly IncomingReturns returns;
    private readonly InterbankExceptions exceptions;
    private readonly ExchangeRates rates;
    private readonly FindContactDetails contacts;
    private readonly SalaryNotes salaries;
    private readonly IOptions<InterbankOptions> options;
    private readonly TimeProvider time;

    internal CreditIncoming(
        IbanAccounts accounts, PostJournal post, VoidJournal voids, FindJournal find, IncomingReturns returns, InterbankExceptions exceptions, ExchangeRates rates,
        FindContactDetails contacts, SalaryNotes salaries, IOptions<InterbankOptions> options, TimeProvider time)
    {
        (this.accounts, this.post, this.voids, this.find, this.returns, this.exceptions) = (accounts, post, voids, find, returns, exceptions);
        (this.rates, this.contacts, this.salaries, this.options, this.time) = (rates, contacts, salaries, options, time);
    }

    /// <returns>How each payment ended, in the message's order. Or <see cref="NotForThisBank"/>; <see cref="AccountBusy"/>: the message may be sent again.</returns>
    public async Task<Result<IReadOnlyList<IncomingOutcome>>> RunAsync(CreditTransferMessage message, CancellationToken cancellation)
    {
        if (message.Transfers.Any(transfer => transfer.CreditorAgent.Bic is { } bic && bic.Code[..8] != options.Value.Bic[..8]))
            return new NotForThisBank("/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/CdtrAgt");

        var outcomes = new List<IncomingOutcome>();
        for (var i = 0; i < message.Transfers.Count; i++)
        {
            var one = await BookAsync(message, message.Transfers[i], i, cancellation);
            if (!one.IsSuccess)
                return one.Error;
            outcomes.Add(one.Value);
        }

        return outcomes;
    }

    private async Task<Result<IncomingOutcome>> BookAsync(CreditTransferMessage message, CreditTransfer transfer, int number, CancellationToken cancellation)
    {
        var id = TransactionId.Derive(
            "incoming_transfer", (message.Header.Instructing ?? transfer.DebtorAgent.Bic)?.Code ?? "", message.Header.MessageId,
            transfer.TransactionId ?? $"{transfer.EndToEndId}|{number}");
        var account = transfer.CreditorAccount?.Iban is { } iban ? await accounts.FindAsync(iban, cancellation) : null;
        if (account is null)
            return await SendBackAsync(id, message, transfer, "AC01", cancellation);

        if (transfer.Amount.Currency != account.Currency)
            await rates.RefreshAsync(cancellation);
        decimal? rate = transfer.Amount.Currency == account.Currency ? null : rates.Find(transfer.Amount.Currency, account.Currency);
        var credited = rate is { } exchanged ? ExchangeRates.Proceeds(transfer.Amount, account.Currency, exchanged) : transfer.Amount;
        if (credited.Currency != account.Currency || !credited.IsPositive)
            return await SendBackAsync(id, message, transfer, "AC09", cancellation, account);

        if (transfer.Purpose == SalaryNotes.Purpose)
            await salaries.NoteAsync(account.Id, id, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);

        // The IBAN decides whom the money is for; a name that fits not at all is a matter for staff. Looked at beside the booking, which does not depend on it.
        var comparing = IsNamedAsync(account.Owner, transfer.Creditor.Name, cancellation);
        var posting = post.RunAsync(JournalOf(id, transfer, account.Id, credited), cancellation);
        await Task.WhenAll(comparing, posting);
        switch ((await posting).Error)
        {
            case null:
                if (!await comparing)
                    await exceptions.ReportAsync(InterbankExceptionKind.NameDiffers, id.ToString(), account.Id.ToString(), cancellation);
                return IncomingOutcome.Credited;
            case JournalMismatch:
                // A repeat of an exchanged payment, after the rate has changed; or the same id for another payment.
                if ((await find.RunAsync(id, account.Id, cancellation))?.Journal.Legs[0].Amount == transfer.Amount)
                    return IncomingOutcome.Credited;
                await exceptions.ReportAsync(InterbankExceptionKind.MessageReused, message.Header.MessageId, id.ToString(), cancellation);
                return IncomingOutcome.Reported;
            case AccountBusy busy:
                return busy;
            case AccountNotUsable { AccountStatus: AccountStatus.Closed } or AccountNotFound:
                return await SendBackAsync(id, message, transfer, "AC04", cancellation, account);
            default:
                return await SendBackAsync(id, message, transfer, "AC06", cancellation, account);
        }
    }

    private async Task<Result<IncomingOutcome>> SendBackAsync(
        TransactionId id, CreditTransferMessage message, CreditTransfer transfer, string reason, CancellationToken cancellation, IbanAccount? account = null)
    {
        // From here on the account cannot be credited by a repeat that finds it open again: it would be paid twice.
        if (account is not null && (await voids.RunAsync(id, account.Id, cancellation)).Value == VoidOutcome.AlreadyPosted)
            return IncomingOutcome.Credited;

        var wanted = await returns.AddAsync(
            new IncomingReturn(
                id.Value, message.Header.MessageId, transfer.InstructionId, transfer.EndToEndId, transfer.TransactionId, transfer.Amount, reason, time.GetUtcNow()),
            cancellation);
        var suspense = new Journal(
            TransactionId.Derive("incoming_suspense", id.ToString()), Kind,
            [Leg.Debit(Settlement(transfer.Amount.Currency), transfer.Amount), Leg.Credit(BankAccount.Suspense(transfer.Amount.Currency), transfer.Amount)],
            $"Incoming payment to be returned {wanted.Reason}", Today, id.ToString());
        var posted = await post.RunAsync(suspense, cancellation);
        if (!posted.IsSuccess && posted.Error is not JournalMismatch)
            return posted.Error;
        await exceptions.ReportAsync(InterbankExceptionKind.ReturnedIncoming, id.ToString(), wanted.Reason, cancellation);
        return IncomingOutcome.SentBack;
    }

    private Journal JournalOf(TransactionId id, CreditTransfer transfer, AccountId account, Money credited)
    {
        var payer = transfer.Debtor.Name is null && transfer.DebtorAccount is null
            ? null
            : new Party(transfer.Debtor.Name is { Length: > 0 } name ? name : null, transfer.DebtorAccount?.Number);
        List<Leg> legs = [Leg.Debit(Settlement(transfer.Amount.Currency), transfer.Amount)];
        if (credited.Currency != transfer.Amount.Currency)
        {
            legs.Add(Leg.Credit(new BankAccount("fx/position", transfer.Amount.Currency), transfer.Amount));
            legs.Add(Leg.Debit(new BankAccount("fx/position", credited.Currency), credited));
        }

        legs.Add(Leg.Credit(account, credited, payer));
        return new Journal(id, Kind, legs, transfer.Remittance ?? "", Today, transfer.EndToEndId);
    }

    /// <returns>Also true when the message names nobody, or the bank has no name to compare with.</returns>
    private async Task<bool> IsNamedAsync(CustomerId customer, string? name, CancellationToken cancellation) =>
        name is null || await contacts.RunAsync(customer, cancellation) is not { } owner || PersonNames.AreAlike(name, owner.Name);

    private LocalDate Today => Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;

    internal static BankAccount Settlement(Currency currency) => BankAccount.Settlement("interbank", currency);
}

public enum IncomingOutcome
{
    /// <summary>On the account, by this message or an earlier copy of it.</summary>
    Credited,

    /// <summary>No account can take it: it goes back.</summary>
    SentBack,

    /// <summary>Left to staff.</summary>
    Reported,
}

/// <summary>The message names another bank as the receiver.</summary>
public sealed record NotForThisBank(string Field) : Invalid("not_for_this_bank", Field);
