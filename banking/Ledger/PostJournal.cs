namespace Serverless.Banking.Ledger;

/// <summary>Writes a journal to the books, once however often it is repeated.</summary>
/// <remarks>
/// Storage calls with the accounts' heads in memory: the open journal, the deciding account, then all other legs at once; the open journal's
/// removal follows the answer, and so do the other legs when all of them are on the bank's own accounts, which refuse nothing. So what only the
/// bank pays or gets costs a customer two calls. A head not in memory is one more call before them.
/// </remarks>
public sealed class PostJournal
{
    private readonly Posting posting;

    internal PostJournal(Posting posting) => this.posting = posting;

    /// <param name="cancellation">Stops the posting only before it is recorded; afterwards it is carried through.</param>
    /// <returns>
    /// The posted journal: for a repeated id the first answer again. Or, first match: <see cref="TransactionVoided"/>, <see cref="JournalMismatch"/>,
    /// <see cref="AccountNotFound"/>, <see cref="HoldNotFound"/> and <see cref="HoldEnded"/> (of the hold to capture), <see cref="AccountNotUsable"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="BalanceTooLarge"/>, <see cref="AccountBusy"/>. After an error nothing was posted and, unless the caller repeats the id, nothing will be.
    /// </returns>
    /// <exception cref="Exception">Storage is down, and whether the journal is posted is not known: repeat the id, or void it. If neither happens
    /// the sweeper posts it.</exception>
    public Task<Result<PostedJournal>> RunAsync(Journal journal, CancellationToken cancellation) => posting.PostAsync(journal, precondition: null, aftermath: null, cancellation);

    /// <summary>Posts a journal that depends on a write of the caller's: no storage call more than without it, because that write and the intent go at the same time.</summary>
    /// <param name="precondition">Not run when the journal is refused or repeated in vain before anything is written. Its <see cref="Journal.Kind"/> has an
    /// <see cref="IJournalCondition"/>.</param>
    /// <param name="cancellation">Stops the posting only before it is recorded; afterwards it is carried through.</param>
    /// <returns>As without precondition; besides, the precondition's error, after which nothing was posted.</returns>
    /// <exception cref="ArgumentException">The journal touches no customer's account, or nobody answers for its kind.</exception>
    /// <exception cref="Exception">Storage is down: as without precondition, but the sweeper posts only what has its precondition.</exception>
    public Task<Result<PostedJournal>> RunAsync(Journal journal, Precondition precondition, CancellationToken cancellation) =>
        posting.PostAsync(journal, precondition, aftermath: null, cancellation);

    /// <inheritdoc cref="RunAsync(Journal, Precondition, CancellationToken)"/>
    /// <param name="aftermath">What follows, by one who has his rows in memory.</param>
    public Task<Result<PostedJournal>> RunAsync(Journal journal, Precondition precondition, JournalAftermath aftermath, CancellationToken cancellation) =>
        posting.PostAsync(journal, precondition, aftermath, cancellation);
}
