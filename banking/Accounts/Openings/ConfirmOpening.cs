using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Accounts;

/// <param name="RequestHash">Tells a retry from another order under the same key.</param>
/// <param name="QuoteId">As <see cref="QuoteOpening"/> gave it.</param>
/// <param name="AcceptedTerms">The version that the customer accepts.</param>
public sealed record OpeningConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string QuoteId, string AcceptedTerms);

/// <summary>Opens the account that was prepared, and moves its first money: both or neither (ACC-12, ACC-13, ACC-23).</summary>
/// <remarks>
/// Order of the writes: the IBAN's row, the contract's file, the order (with its key, its place among the accounts and the day's count, in one
/// group), the statement subscription, the book, the funding's journal. A savings account is seen when its first entry is there
/// (<see cref="Account.IsVisible"/>), so that a process killed anywhere leaves an account with its money, or none and the money where it was; the
/// ledger's sweeper finishes a journal that was begun, the order's repeat everything. A refused funding is written down, then its journal is voided
/// for ever. Ids derive from the quote's, so that a quote opens one account.
/// </remarks>
public sealed class ConfirmOpening
{
    private const int TriesAtMost = 12;

    private readonly SealedQuotes quotes;
    private readonly OpeningTable openings;
    private readonly OpeningLimits limits;
    private readonly AccountNumbers numbers;
    private readonly AccountContract contract;
    private readonly FindAccount accounts;
    private readonly SaveSubscription subscriptions;
    private readonly OpenBook books;
    private readonly PostJournal post;
    private readonly VoidJournal cancel;

    internal ConfirmOpening(
        SealedQuotes quotes, OpeningTable openings, OpeningLimits limits, AccountNumbers numbers, AccountContract contract, FindAccount accounts,
        SaveSubscription subscriptions, OpenBook books, PostJournal post, VoidJournal cancel) =>
        (this.quotes, this.openings, this.limits, this.numbers, this.contract, this.accounts, this.subscriptions, this.books, this.post, this.cancel) =
        (quotes, openings, limits, numbers, contract, accounts, subscriptions, books, post, cancel);

    /// <returns>
    /// The opening, carried through. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>, <see cref="OpeningAlreadyConfirmed"/>,
    /// <see cref="QuoteExpired"/>, <see cref="TermsNotAccepted"/>, <see cref="TooManyAccounts"/>, <see cref="TooManyOpenings"/>, and for the funding
    /// <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>: nothing was kept,
    /// the key may be used again. The funding's errors a second time, <see cref="BalanceTooLarge"/>: the same key gives the same error for ever.
    /// <see cref="AccountBusy"/>: the same order may be sent again.
    /// </returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again.</exception>
    public async Task<Result<Opening>> RunAsync(OpeningConfirmation order, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await openings.FindKeyAsync(order.Customer, order.Key, cancellation) is { } known)
            {
                return known.RequestHash == order.RequestHash
                    ? await CarryThroughAsync((await openings.FindAsync(order.Customer, known.Account, cancellation))!)
                    : new IdempotencyKeyReused();
            }

            var quote = quotes.OpenEvenExpired<OpeningOffer>(order.Customer, QuoteOpening.Purpose, order.QuoteId);
            if (!quote.IsSuccess)
                return quote.Error;

            var (offer, account) = (quote.Value.Content, new AccountId(TransactionId.Derive("account_opening", quote.Value.Id.ToString("N")).Value));
            if (await openings.FindAsync(order.Customer, account, cancellation) is { } other)
            {
                // The key's row is written with the order's: found after we looked for the key, it may be our own twin's.
                if (other.Key == order.Key.Value)
                    continue;
                return new OpeningAlreadyConfirmed(account);
            }

            if (quote.Value.ExpiresAt <= limits.Now)
                return new QuoteExpired(quote.Value.ExpiresAt);
            if (order.AcceptedTerms != offer.TermsVersion)
                return new TermsNotAccepted(offer.TermsVersion);

            var (count, refusal) = await limits.CountAsync(order.Customer, cancellation);
            refusal ??= await FundingRefusalAsync(order.Customer, offer, cancellation);
            if (refusal is not null)
            {
                // A twin of this order, or another order under its key, may have been accepted meanwhile, and have taken the last place or the money.
                if (await openings.FindAsync(order.Customer, account, cancellation) is not null
                    || await openings.FindKeyAsync(order.Customer, order.Key, cancellation) is not null)
                {
                    continue;
                }

                return refusal;
            }

            // From here on a caller who hangs up stops nothing.
            var acceptedAt = limits.Now;
            var iban = await numbers.TakeAsync(account, CancellationToken.None);
            var hash = await contract.KeepAsync(order.Customer, account, iban, offer, acceptedAt, CancellationToken.None);
            var opening = new Opening(account, order.Customer, iban, offer, acceptedAt, hash, null) { Key = order.Key.Value, RequestHash = order.RequestHash };
            if (await openings.AcceptAsync(opening, order.Key, count, limits.Today, CancellationToken.None))
                return await CarryThroughAsync(opening);
        }

        return new AccountBusy();
    }

    private async Task<Error?> FundingRefusalAsync(CustomerId customer, OpeningOffer offer, CancellationToken cancellation)
    {
        if (offer.Funding is not { } funding)
            return null;
        var from = await accounts.RunAsync(customer, funding.From, cancellation);
        return from.IsSuccess ? QuoteOpening.Refusal(from.Value, funding.Debit) : from.Error;
    }

    /// <summary>Every step finds out by itself what an earlier run has done.</summary>
    private async Task<Result<Opening>> CarryThroughAsync(Opening opening)
    {
        if (opening.Failure is not null)
            return await EndAsync(opening);

        var offer = opening.Offer;
        if (offer.Statement is { } choice)
            await subscriptions.BeginAsync(opening.Account, opening.Customer, opening.AcceptedAt.InZone(BankTime.Tirane).Date, choice, CancellationToken.None);

        await books.RunAsync(
            new NewAccountBook(
                opening.Account, opening.Customer, offer.Currency, opening.Iban.Electronic, offer.Name, IsMain: false, offer.Type,
                AccountProducts.Find(offer.Type, offer.Currency)!.Minimum)
            {
                Label = new AccountLabel(offer.Logo, null),
            },
            CancellationToken.None);
        if (offer.Funding is null)
            return opening;

        var posted = await post.RunAsync(JournalOf(opening), CancellationToken.None);
        if (posted.IsSuccess)
            return opening;
        if (!OpeningFailures.IsFinal(posted.Error))
            return posted.Error;

        // Another run may have been refused first, and said why.
        return await EndAsync(await openings.SaveFailureAsync(opening, posted.Error, CancellationToken.None));
    }

    /// <summary>Ends an order whose funding was refused; unless, that is, another run of it has moved the money in between.</summary>
    private async Task<Result<Opening>> EndAsync(Opening refused)
    {
        if ((await cancel.RunAsync(IdOf(refused), refused.Offer.Funding!.From, CancellationToken.None)).Value == VoidOutcome.AlreadyPosted)
            return refused with { Failure = null };

        await openings.UnlistAsync(refused, CancellationToken.None);
        return refused.Failure!;
    }

    private static TransactionId IdOf(Opening opening) => TransactionId.Derive("account_funding", opening.Account.Value.ToString("N"));

    private static Journal JournalOf(Opening opening)
    {
        var funding = opening.Offer.Funding!;
        var party = new Party(null, opening.Iban.Electronic);
        IReadOnlyList<Leg> legs = funding.Debit.Currency == funding.Amount.Currency
            ? [Leg.Debit(funding.From, funding.Debit, party), Leg.Credit(opening.Account, funding.Amount)]
            :
            [
                Leg.Debit(funding.From, funding.Debit, party),
                Leg.Credit(ExchangePosition(funding.Debit.Currency), funding.Debit),
                Leg.Debit(ExchangePosition(funding.Amount.Currency), funding.Amount),
                Leg.Credit(opening.Account, funding.Amount),
            ];
        var description = opening.Offer.Language == Customers.Language.English ? $"Opening of {opening.Offer.Name}" : $"Hapje e {opening.Offer.Name}";
        return new Journal(
            IdOf(opening), "account_funding", legs, description, opening.AcceptedAt.InZone(BankTime.Tirane).Date, opening.Account.Value.ToString("N"));
    }

    private static BankAccount ExchangePosition(Currency currency) => new("fx/position", currency);
}
