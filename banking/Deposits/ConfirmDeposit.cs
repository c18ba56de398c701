using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Deposits;

/// <param name="RequestHash">Tells a retry from another order under the same key.</param>
/// <param name="Installation">On which the terms are accepted.</param>
public sealed record DepositConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string QuoteId, bool TermsAccepted, string Installation);

/// <summary>Opens the deposit that was prepared: its money moves and it is there, or neither (LDP-09).</summary>
/// <remarks>
/// Order of the writes: the deposit's own account in the ledger, empty; where the timers find it; the deposit with its key, beside the journal's intent; the
/// debit, and with it everything is decided. Killed before the debit, the ledger's sweeper or the repeat goes on; killed after it, the sweeper writes the
/// rest. The signed terms follow (<see cref="DepositFollowUp"/>). Ids derive from the quote's, so that a quote opens one deposit.
/// </remarks>
public sealed class ConfirmDeposit
{
    private readonly SealedQuotes quotes;
    private readonly DepositTable table;
    private readonly DepositRates rates;
    private readonly FindAccount accounts;
    private readonly OpenBook books;
    private readonly PostJournal post;
    private readonly VoidJournal cancel;
    private readonly TimeProvider time;

    internal ConfirmDeposit(
        SealedQuotes quotes, DepositTable table, DepositRates rates, FindAccount accounts, OpenBook books, PostJournal post, VoidJournal cancel, TimeProvider time) =>
        (this.quotes, this.table, this.rates, this.accounts, this.books, this.post, this.cancel, this.time) = (quotes, table, rates, accounts, books, post, cancel, time);

    private Instant Now => Instant.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <returns>The deposit. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>, <see cref="DepositAlreadyConfirmed"/>,
    /// <see cref="QuoteExpired"/>, <see cref="TermsNotAccepted"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="AccountBusy"/>: the same order may be sent again.</returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again.</exception>
    public async Task<Result<Deposit>> RunAsync(DepositConfirmation order, CancellationToken cancellation)
    {
        if (await KnownAsync(order, cancellation) is { } known)
            return known;
        var quote = quotes.OpenEvenExpired<DepositOffer>(order.Customer, QuoteDeposit.Purpose, order.QuoteId);
        if (!quote.IsSuccess)
            return quote.Error;
        var it = DepositOf(order, quote.Value);
        if (await RefusalAsync(order, it, cancellation) is { } refusal)
        {
            // A twin, or another order under the key, may have been taken since we looked, and have used the money.
            return await KnownAsync(order, cancellation) is { } twin ? twin : refusal;
        }

        // And so may another order have been while the ledger looked at the money.
        var booked = await BookAsync(it, order.Key, order.RequestHash);
        return !booked.IsSuccess && await table.FindKeyAsync(order.Customer, order.Key, CancellationToken.None) is { } used && used.RequestHash != order.RequestHash
            ? new IdempotencyKeyReused()
            : booked;
    }

    /// <summary>What the key was used for is carried through, or was another order; null for a new key.</summary>
    private async Task<Result<Deposit>?> KnownAsync(DepositConfirmation order, CancellationToken cancellation)
    {
        if (await table.FindKeyAsync(order.Customer, order.Key, cancellation) is not { } known)
            return null;
        if (known.RequestHash != order.RequestHash || await table.FindAsync(order.Customer, known.Id, cancellation) is not { } stored)
            return new IdempotencyKeyReused();
        return await CarryThroughAsync(stored, order.Key);
    }

    private async Task<Error?> RefusalAsync(DepositConfirmation order, Deposit it, CancellationToken cancellation)
    {
        var asking = table.FindAsync(it.Customer, it.Id, cancellation);
        var found = await accounts.RunAsync(it.Customer, it.Funding, cancellation);
        return await asking is not null ? new DepositAlreadyConfirmed(it.Id.Value)
            : it.ExpiresAt <= Now ? new QuoteExpired(it.ExpiresAt)
            : !order.TermsAccepted ? new TermsNotAccepted(it.TermsVersion)
            : found.IsSuccess ? QuoteOpening.Refusal(found.Value, it.InitialAmount)
            : found.Error;
    }

    /// <summary>What was taken is in the books, is booked now, or its quote has run out.</summary>
    private async Task<Result<Deposit>> CarryThroughAsync(StoredDeposit stored, IdempotencyKey key)
    {
        var it = stored.It;
        if (it.State != DepositState.Opening)
            return it;
        if (it.ExpiresAt > Now)
            return await BookAsync(it, key, stored.RequestHash);
        return (await cancel.RunAsync(DepositJournals.OpeningId(it.Id), it.Funding, CancellationToken.None)).Value == VoidOutcome.AlreadyPosted
            ? it with { State = DepositState.Active }
            : new QuoteExpired(it.ExpiresAt);
    }

    /// <summary>Every step finds out by itself what an earlier run has done. From here on a caller who hangs up stops nothing.</summary>
    private async Task<Result<Deposit>> BookAsync(Deposit it, IdempotencyKey key, string requestHash)
    {
        await books.RunAsync(
            new NewAccountBook(it.Account, it.Customer, it.InitialAmount.Currency, it.ContractNumber, it.ContractNumber, IsMain: false, AccountType.Deposit), CancellationToken.None);
        var posted = await post.RunAsync(
            DepositJournals.Open(it), stop => table.AddAsync(it, key, requestHash, DepositReminders.DayOf(it.Term, rates.Rules), stop), CancellationToken.None);
        return posted.Match<Result<Deposit>>(
            _ => it with { State = DepositState.Active },
            error => error is TransactionVoided ? new QuoteExpired(it.ExpiresAt) : error);
    }

    private Deposit DepositOf(DepositConfirmation order, SealedQuote<DepositOffer> quote)
    {
        var (id, offer) = (DepositId.OfQuote(order.Customer, quote.Id), quote.Content);
        return new Deposit(
            id, order.Customer, NumberOf(id), offer.Funding, offer.Product, offer.Period, offer.Term.Principal, offer.Renewal, offer.Term, DepositState.Opening,
            offer.Term.From, Now, order.Installation, offer.TermsVersion, offer.Language, [])
        {
            ExpiresAt = quote.ExpiresAt,
        };
    }

    /// <summary>Sixty bits of the id in letters that nobody mistakes for each other (Crockford's): <c>7K3M-Q9XA-2FRT</c>.</summary>
    private static string NumberOf(DepositId id)
    {
        const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(id.Value.ToString("N")));
        var letters = string.Concat(hash.Take(12).Select(b => Letters[b % Letters.Length]));
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }
}
