using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Network;
using Serverless.Banking.Quotes;
using Serverless.Banking.Text;

namespace Serverless.Banking.MoneyRequests;

/// <summary>How a transaction is to be divided.</summary>
/// <param name="Participants">Besides the requester; at least one.</param>
/// <param name="IncludeRequester">The requester bears a share, and is asked for nothing.</param>
/// <param name="OwnAmount">By hand; null: what the others leave over.</param>
public sealed record SplitPlan(
    AccountId Account, TransactionId Transaction, IReadOnlyList<SplitParticipant> Participants, bool IncludeRequester, Money? OwnAmount);

/// <param name="Amount">By hand; null: an equal share.</param>
public sealed record SplitParticipant(ContactId Contact, Money? Amount);

/// <summary>A split as it will be made.</summary>
public sealed record QuotedSplit(
    AccountId Account, TransactionId Transaction, LocalDate BookedOn, string Description, Money Total, string? Details, Money? OwnShare,
    IReadOnlyList<QuotedShare> Shares)
{
    /// <summary>What nobody bears; zero for equal shares.</summary>
    public Money Rest => Shares.Aggregate(Total - (OwnShare ?? Money.Zero(Total.Currency)), (rest, share) => rest - share.Amount);
}

public sealed record QuotedShare(ContactId Contact, string Name, string Phone, CustomerId Customer, Money Amount);

/// <summary>Computes the shares of a split, equal ones or checked ones by hand, and prepares it (REQ-11, REQ-12, REQ-13).</summary>
public sealed class QuoteSplit
{
    internal const string Purpose = "money_split";

    private readonly FindSplittable transactions;
    private readonly ReceivingAccounts accounts;
    private readonly FindContact contacts;
    private readonly MoneyRequestTable table;
    private readonly ConfirmableQuotes quotes;

    internal QuoteSplit(
        FindSplittable transactions, ReceivingAccounts accounts, FindContact contacts, MoneyRequestTable table, ConfirmableQuotes quotes) =>
        (this.transactions, this.accounts, this.contacts, this.table, this.quotes) = (transactions, accounts, contacts, table, quotes);

    /// <summary>Who takes part with which amount; nothing is prepared yet (REQ-11).</summary>
    /// <returns>Or, first match: <see cref="ParticipantRepeated"/>, <see cref="ShareMissing"/>, <see cref="RequesterLeftOut"/>, <see cref="AccountNotFound"/>,
    /// <see cref="TransactionNotFound"/>, <see cref="ShareCurrency"/>, <see cref="SharesAboveTransaction"/>, <see cref="AmountTooSmallToSplit"/>,
    /// <see cref="ContactNotFound"/>, <see cref="TooManyRequests"/>, <see cref="ContactNotRegistered"/>.</returns>
    public async Task<Result<QuotedSplit>> ShareAsync(CustomerId requester, SplitPlan plan, CancellationToken cancellation)
    {
        if (Faults(plan) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var transaction = await transactions.RunAsync(requester, plan.Account, plan.Transaction, cancellation);
        if (!transaction.IsSuccess)
            return transaction.Error;
        var shares = SharesOf(plan, transaction.Value.Amount);
        if (!shares.IsSuccess)
            return shares.Error;

        List<QuotedShare> quoted = [];
        foreach (var (participant, amount) in plan.Participants.Zip(shares.Value.Others))
        {
            var found = await contacts.RegisteredAsync(requester, participant.Contact, cancellation);
            if (!found.IsSuccess)
                return found.Error;
            var (contact, customer) = found.Value;
            quoted.Add(new QuotedShare(contact.Id, contact.Name, contact.Phone.Value, customer, amount));
        }

        return new QuotedSplit(
            plan.Account, plan.Transaction, transaction.Value.Date, transaction.Value.Description, transaction.Value.Amount, null, shares.Value.Requester, quoted);
    }

    /// <param name="isLocked">While the shares are unlocked nothing can be confirmed (REQ-12).</param>
    /// <returns>The quote. Or, first match: the faults of <see cref="Description.Find"/>, <see cref="SharesUnlocked"/>, the errors of <see cref="ShareAsync"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="AlreadySplit"/>.</returns>
    public async Task<Result<SealedQuote<QuotedSplit>>> RunAsync(
        CustomerId requester, SplitPlan plan, string details, bool isLocked, CancellationToken cancellation)
    {
        var text = Description.Find(details, "/details");
        if (!text.IsSuccess)
            return text.Error;
        if (!isLocked)
            return new SharesUnlocked();
        var shared = await ShareAsync(requester, plan, cancellation);
        if (!shared.IsSuccess)
            return shared.Error;
        var split = shared.Value with { Details = text.Value };
        if (await accounts.RefusalAsync(requester, split.Account, split.Total.Currency, cancellation) is { } refused)
            return refused;
        if (await table.FindSplitMarkAsync(requester, MarkOf(split), cancellation) is { } made)
            return new AlreadySplit(made);
        return await quotes.SealAsync(requester, split, ConfirmationFacts.Of(Purpose, split.Total, split.Details), PayeeStanding.Nobody, cancellation);
    }

    internal static string MarkOf(QuotedSplit split) =>
        MoneyRequestKeys.SplitOf(split.Account, split.Transaction, split.Shares.Select(share => share.Customer));

    private static List<Invalid> Faults(SplitPlan plan)
    {
        List<Invalid> faults = [];
        var byHand = plan.Participants.Any(it => it.Amount is not null) || plan.OwnAmount is not null;
        foreach (var (participant, i) in plan.Participants.Select((it, i) => (it, i)))
        {
            if (plan.Participants.Take(i).Any(earlier => earlier.Contact == participant.Contact))
                faults.Add(new ParticipantRepeated($"/participants/{i}/contactId"));
            if (byHand && participant.Amount is null)
                faults.Add(new ShareMissing($"/participants/{i}/amount"));
        }

        if (plan is { IncludeRequester: false, OwnAmount: not null })
            faults.Add(new RequesterLeftOut("/ownAmount"));
        return faults;
    }

    private static Result<Shares> SharesOf(SplitPlan plan, Money total)
    {
        if (plan.Participants[0].Amount is null)
            return EqualShares.Of(total, plan.Participants.Count, plan.IncludeRequester);

        List<Invalid> faults = [.. plan.Participants.Select((it, i) => (it, i)).Where(one => one.it.Amount!.Currency != total.Currency)
            .Select(one => new ShareCurrency($"/participants/{one.i}/amount", total.Currency.Code))];
        if (plan.OwnAmount is { } own && own.Currency != total.Currency)
            faults.Add(new ShareCurrency("/ownAmount", total.Currency.Code));
        if (faults.Count > 0)
            return new InvalidInput(faults);

        foreach (var (participant, i) in plan.Participants.Select((it, i) => (it, i)))
        {
            if (participant.Amount! > total)
                return new SharesAboveTransaction($"/participants/{i}/amount", participant.Amount!, total);
        }

        // Each is at most the total, so the sum fits.
        var others = plan.Participants.Select(it => it.Amount!).ToArray();
        var sum = others.Aggregate(Money.Zero(total.Currency), (all, share) => all + share);
        if (plan.OwnAmount is { } mine && mine > total)
            return new SharesAboveTransaction("/ownAmount", mine, total);
        var all = sum + (plan.OwnAmount ?? Money.Zero(total.Currency));
        if (all > total)
            return new SharesAboveTransaction("/participants", all, total);
        var rest = total - sum;
        return new Shares(plan.IncludeRequester ? plan.OwnAmount ?? (rest.IsPositive ? rest : null) : null, others);
    }
}
