using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Accounts;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;

namespace Serverless.Banking.Deposits;

/// <summary>The message that asks for what one deposit's maturity brings.</summary>
/// <param name="Day">On which it was to be looked at, ISO 8601.</param>
/// <param name="On">The working day on which it is done, ISO 8601.</param>
public sealed record DepositDue(string Day, string Customer, Guid Deposit, string On);

/// <summary>Finds the deposits that have matured and hands each to whoever is free (LDP-10). On a day that is none for banks nobody is paid (LDP-25).</summary>
/// <remarks>Costs in proportion to what is due. Running twice, late, or after missed days is harmless: the deposit decides what still holds.</remarks>
public sealed class MatureDueDeposits
{
    private readonly DepositTable table;
    private readonly BankCalendar calendar;
    private readonly IWorkMessages messages;

    internal MatureDueDeposits(DepositTable table, BankCalendar calendar, IWorkMessages messages) => (this.table, this.calendar, this.messages) = (table, calendar, messages);

    /// <returns>How many were handed out.</returns>
    public async Task<int> RunAsync(LocalDate today, CancellationToken cancellation)
    {
        if (!calendar.IsBusinessDay(today))
            return 0;
        List<DepositDue> due = [];
        await foreach (var pointer in table.DueAsync(DepositTable.Maturing, today, cancellation))
            due.Add(new DepositDue(LocalDatePattern.Iso.Format(pointer.Day), pointer.Customer.Value, pointer.Deposit.Value, LocalDatePattern.Iso.Format(today)));
        if (due.Count > 0)
            await messages.SendAsync(WorkQueues.DepositMaturities, due, cancellation);
        return due.Count;
    }
}

/// <summary>Renews or pays out one deposit for every term that is over (LDP-10).</summary>
/// <remarks>
/// Three steps, each found done by whoever repeats it: the interest is booked on the deposit; the deposit's row says what goes on and what is to be paid; what is
/// to be paid goes to the customer's account. Only then the pointer goes. Money that no account takes stays on the deposit, and the next run tries again.
/// </remarks>
public sealed class MatureDeposit
{
    private readonly DepositTable table;
    private readonly DepositRates rates;
    private readonly DepositFollowUp followUp;
    private readonly DepositNotices notices;
    private readonly PostJournal post;
    private readonly VoidJournal cancel;
    private readonly FindAccount accounts;
    private readonly ListAccounts list;
    private readonly ChangeAccountStatus status;

    internal MatureDeposit(
        DepositTable table, DepositRates rates, DepositFollowUp followUp, DepositNotices notices, PostJournal post, VoidJournal cancel, FindAccount accounts,
        ListAccounts list, ChangeAccountStatus status) =>
        (this.table, this.rates, this.followUp, this.notices, this.post, this.cancel, this.accounts, this.list, this.status) =
        (table, rates, followUp, notices, post, cancel, accounts, list, status);

    /// <exception cref="Exception">Storage is down, or the books are busy: the timer's next run goes on.</exception>
    public async Task RunAsync(DepositDue due, CancellationToken cancellation)
    {
        var pointer = new DepositPointer(LocalDatePattern.Iso.Parse(due.Day).Value, CustomerId.Of(due.Customer), new DepositId(due.Deposit));
        if (await OpenedAsync(pointer, cancellation) is { } stored && !await CarryThroughAsync(stored, LocalDatePattern.Iso.Parse(due.On).Value, cancellation))
            return;
        await table.DropAsync(DepositTable.Maturing, pointer, cancellation);
    }

    /// <summary>Null when there is no such deposit: its order moved no money, and will not any more.</summary>
    private async Task<StoredDeposit?> OpenedAsync(DepositPointer pointer, CancellationToken cancellation)
    {
        if (await table.FindAsync(pointer.Customer, pointer.Deposit, cancellation) is not { It.State: DepositState.Opening } stored)
            return await table.FindAsync(pointer.Customer, pointer.Deposit, cancellation);
        if ((await cancel.RunAsync(DepositJournals.OpeningId(stored.It.Id), stored.It.Funding, cancellation)).Value == VoidOutcome.AlreadyPosted)
            return await followUp.ActivateAsync(stored, cancellation);
        await table.RemoveAsync(stored, cancellation);
        return null;
    }

    /// <returns>False when money waits for an account.</returns>
    private async Task<bool> CarryThroughAsync(StoredDeposit stored, LocalDate on, CancellationToken cancellation)
    {
        while (true)
        {
            await notices.TellRenewalAsync(stored.It, cancellation);
            var isOver = stored.It.State == DepositState.Active && stored.It.Term.Matures <= on;
            if (!isOver && stored.It.Unpaid.Count == 0)
                return true;
            var next = isOver ? await MatureAsync(stored, on, cancellation) : await PayAsync(stored, on, cancellation);
            if (next is null)
                return false;
            stored = await table.ChangeAsync(stored, next, cancellation) ?? (await table.FindAsync(stored.It.Customer, stored.It.Id, cancellation))!;
        }
    }

    /// <summary>The end of a term. A deposit that the bank would not take any more is paid out.</summary>
    /// <returns>The deposit after it; null when its account is blocked.</returns>
    private async Task<Deposit?> MatureAsync(StoredDeposit stored, LocalDate on, CancellationToken cancellation)
    {
        var (it, term) = (stored.It, stored.It.Term);
        if (DepositJournals.Earn(it, on) is { } journal && !await IsPostedAsync(it, journal, cancellation))
        {
            await notices.TellWaitingAsync(it, cancellation);
            return null;
        }

        var net = term.Interest.Net;
        var principal = it.Renewal == RenewalType.PrincipalAndInterest ? term.Principal + net : term.Principal;
        var matures = it.Period.MaturityOf(term.Number + 1, it.OpenedOn, term.Matures);
        if (it.Renewal is null || rates.Find(principal, Period.DaysBetween(term.Matures, matures)) is not { } rate)
            return it with { State = DepositState.Matured, Unpaid = [.. it.Unpaid, new DepositPayment(term.Number, term.Principal + net, IsPrincipal: true)] };

        // The new term begins where the old one ended, whenever the bank gets to it; its rate is that of the day it is renewed on.
        var next = it with
        {
            Term = new DepositTerm(term.Number + 1, term.Matures, matures, principal, rate, rates.Rules.TaxPercent),
            Renewed = term,
            Unpaid = it.Renewal == RenewalType.Principal && net.IsPositive ? [.. it.Unpaid, new DepositPayment(term.Number, net, IsPrincipal: false)] : it.Unpaid,
        };
        await table.PointAsync(next, DepositReminders.DayOf(next.Term, rates.Rules), cancellation);
        return next;
    }

    /// <summary>The oldest of what is to be paid, to the funding account; where that is closed, to another one of the customer's in the currency, his main one first.</summary>
    /// <returns>The deposit after it; null when no account takes the money now.</returns>
    private async Task<Deposit?> PayAsync(StoredDeposit stored, LocalDate on, CancellationToken cancellation)
    {
        var it = stored.It;
        var payment = it.Unpaid[0];
        if (!await IsPostedAsync(it, DepositJournals.Pay(it, payment, it.Funding, on), cancellation)
            && (await OtherAsync(it, cancellation) is not { } other || !await IsPostedAsync(it, DepositJournals.Pay(it, payment, other, on), cancellation)))
        {
            await notices.TellWaitingAsync(it, cancellation);
            return null;
        }

        await notices.TellPaidAsync(it, payment, cancellation);
        var left = it.Unpaid.Skip(1).ToArray();
        var isClosed = it.State == DepositState.Matured && left.Length == 0;
        if (isClosed)
            await status.RunAsync(it.Account, AccountStatus.Closed, cancellation);
        return it with { Unpaid = left, State = isClosed ? DepositState.Closed : it.State };
    }

    /// <returns>False when an account's status forbids it.</returns>
    private async Task<bool> IsPostedAsync(Deposit it, Journal journal, CancellationToken cancellation) =>
        (await post.RunAsync(journal, cancellation)).Match(
            _ => true,
            error => error switch
            {
                // Paid before, to another account: what the id stands for is in the books.
                JournalMismatch => true,
                AccountNotUsable or AccountNotFound => false,
                _ => throw new InvalidOperationException($"Deposit {it.Id} cannot be booked now: {error.Code}."),
            });

    /// <summary>Null as long as the funding account is there: one that is blocked may be so by a court's order, which no other account gets round.</summary>
    private async Task<AccountId?> OtherAsync(Deposit it, CancellationToken cancellation)
    {
        if ((await accounts.RunAsync(it.Customer, it.Funding, cancellation)) is { IsSuccess: true, Value.Status: not AccountStatus.Closed })
            return null;
        return (await list.RunAsync(it.Customer, cancellation))
            .FirstOrDefault(account => account.Currency == it.InitialAmount.Currency && account.Id != it.Funding && PostingRules.CanCredit(account.Status))?.Id;
    }
}
