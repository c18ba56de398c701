using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>The steps of one journal: refuse, record the intent, decide, write the rest, forget the intent.</summary>
/// <remarks>
/// The deciding step is one storage transaction on the debtor's account (head, entries, marker): before it nothing has happened, after it
/// the journal is final and whoever comes next (this process, a repeat, the sweeper) writes the remaining legs, each of which can be written
/// any number of times.
/// </remarks>
internal sealed partial class Posting(
    BankTables tables, AccountHeads heads, AccountLegs accounts, BankLegs bank, OpenJournals open, JournalConditions conditions, JournalFollowUps followUps, TimeProvider time,
    ILogger<Posting> log)
{
    private const int WithdrawalsAtMost = 5;

    private TableClient Table => tables.Open(LedgerKeys.Table);

    public async Task<Result<PostedJournal>> PostAsync(
        Journal journal, Precondition? precondition, JournalAftermath? aftermath, CancellationToken cancellation)
    {
        if (precondition is not null)
        {
            conditions.Require(journal);
        }

        if (await RefusalAsync(journal, cancellation) is { } refusal)
        {
            return await FirstAnswerAsync(journal, cancellation) ?? refusal;
        }

        var recording = open.AddAsync(journal, precondition is not null, cancellation);
        var preparing = precondition is null ? Task.FromResult<Result<Nothing>>(default(Nothing)) : PrepareAsync(precondition, cancellation);
        await Task.WhenAll(recording, preparing);
        var (recorded, prepared) = (await recording, await preparing);
        if (!prepared.IsSuccess)
        {
            await open.RemoveAsync(recorded);
            return prepared.Error!;
        }

        // From here on a caller who hangs up stops nothing: the order stands.
        var (posted, intent) = await CarryThroughAsync(journal, recorded, precondition, isAnswered: true);
        if (!posted.IsSuccess)
        {
            if (aftermath is not null)
            {
                await aftermath.Refused(posted.Error!);
            }

            // Before the caller hears "refused", or the sweeper might still post what he was told is not.
            await open.RemoveAsync(intent);
        }
        else if (posted.Value.IsComplete)
        {
            open.RemoveSoon(intent, () => FollowAsync(posted.Value, aftermath));
        }

        return posted;
    }

    /// <summary>Writes a journal under its intent, also after the sweeper has withdrawn it.</summary>
    /// <remarks>
    /// Whoever withdraws a journal changes its marker first and removes the intent then. So a marker seen before an intent was written still
    /// being the same when the deciding group is written means that this intent is there: nothing is posted that nobody would finish.
    /// </remarks>
    /// <returns>The answer, and the intent that stands for it now.</returns>
    /// <param name="precondition">Made sure of anew after a withdrawal, because whoever withdrew may have given away what it had secured.</param>
    /// <param name="isAnswered">As of <see cref="WriteAsync"/>.</param>
    public async Task<(Result<PostedJournal> Posted, OpenJournal Intent)> CarryThroughAsync(
        Journal journal, OpenJournal intent, Precondition? precondition = null, bool isAnswered = false)
    {
        var posted = await WriteAsync(journal, isAnswered: isAnswered);
        for (var attempt = 0; posted is { IsSuccess: false, Error: JournalWithdrawn withdrawn }; attempt++)
        {
            if (attempt == WithdrawalsAtMost)
            {
                return (new AccountBusy(), intent);
            }

            var fresh = await open.AddAsync(journal, intent.IsConditional, CancellationToken.None);
            await open.RemoveAsync(intent);
            if (precondition is not null && await PrepareAsync(precondition, CancellationToken.None) is { IsSuccess: false } unprepared)
            {
                return (unprepared.Error!, fresh);
            }

            (intent, posted) = (fresh, await WriteAsync(journal, withdrawn.Marker, isAnswered));
        }

        return (posted, intent);
    }

    /// <summary>Decides the journal, unless that was done before, and writes the rest. The caller has recorded the intent.</summary>
    /// <param name="withdrawn">The marker to replace, seen before the intent was recorded; null: there is none.</param>
    /// <param name="isAnswered">A customer waits: what the bank's own accounts get is left to follow his answer. They refuse nothing.</param>
    /// <returns>As <see cref="PostJournal"/>; or <see cref="JournalWithdrawn"/> when the sweeper withdrew it meanwhile.</returns>
    public async Task<Result<PostedJournal>> WriteAsync(Journal journal, ETag? withdrawn = null, bool isAnswered = false)
    {
        var decided = journal.Decider is { } decider
            ? await accounts.DecideAsync(journal, decider, Now, withdrawn)
            : await bank.DecideAsync(journal, Now);
        if (!decided.IsSuccess)
        {
            return decided.Error!;
        }

        var isComplete = (isAnswered && IsLeftToBank(decided.Value.Journal)) || await TryCompleteAsync(decided.Value);
        return decided.Value with { IsComplete = isComplete };
    }

    /// <summary>What nobody waits for: the bank's own legs where they were left, and what the journal's kind wants done.</summary>
    /// <returns>False when storage failed: the intent stays.</returns>
    private async Task<bool> FollowAsync(PostedJournal posted, JournalAftermath? aftermath)
    {
        if (IsLeftToBank(posted.Journal) && !await TryCompleteAsync(posted))
        {
            return false;
        }

        await (aftermath?.Posted(posted) ?? followUps.RunAsync(posted, CancellationToken.None));
        return true;
    }

    /// <summary>Whether all legs after the deciding one are on the bank's own accounts.</summary>
    private static bool IsLeftToBank(Journal journal) =>
        journal.Decider is { } decider && journal.Legs.All(leg => leg.Account is null || leg.Account == decider);

    /// <summary>What was answered to the first posting of this id; null when it was never posted nor voided.</summary>
    public async Task<Result<PostedJournal>?> FirstAnswerAsync(Journal journal, CancellationToken cancellation)
    {
        var partition = journal.Decider is { } decider ? LedgerKeys.Partition(decider) : LedgerKeys.BankOnly(journal.Id);
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(partition, LedgerKeys.Marker(journal.Id), null, cancellation);
        if (!row.HasValue)
        {
            return null;
        }

        var answer = AccountLegs.Answer(Marker.From(row.Value!), journal);
        if (answer is { IsSuccess: false, Error: JournalWithdrawn })
        {
            return null;
        }

        return answer.IsSuccess ? answer.Value with { IsComplete = await TryCompleteAsync(answer.Value) } : answer;
    }

    /// <summary>An exception of the caller's, even before its first await, does not leave the intent's writing unobserved.</summary>
    private static async Task<Result<Nothing>> PrepareAsync(Precondition precondition, CancellationToken cancellation) => await precondition(cancellation);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Whether any account refuses its legs. Never from memory: what a remembered head refuses is read again.</summary>
    /// <returns>The gravest refusal, in the order of <see cref="PostJournal"/>; null when all accept.</returns>
    private async Task<Error?> RefusalAsync(Journal journal, CancellationToken cancellation)
    {
        var refusals = await Task.WhenAll(journal.Legs
            .Where(leg => leg.Account is not null)
            .GroupBy(leg => leg.Account!.Value)

            // What a hold leaves to the debit is known only with the hold: the deciding step looks.
            .Where(legs => journal.Captures is null || legs.Key != journal.Debtor)
            .Select(async legs =>
            {
                if (heads.Recall(legs.Key) is { } remembered && PostingRules.Refusal(remembered, legs) is null)
                {
                    return null;
                }

                return await heads.ReadAsync(legs.Key, cancellation) is { } head ? PostingRules.Refusal(head, legs) : new AccountNotFound();
            }));
        return refusals.OfType<Error>().MinBy(Rank);
    }

    private static int Rank(Error error) => error switch
    {
        AccountNotFound => 0,
        AccountNotUsable => 1,
        AccountCurrencyMismatch => 2,
        InsufficientFunds => 3,
        MinimumBalanceReached => 4,
        _ => 5,
    };

    /// <returns>False when storage failed: the intent stays, and the sweeper or a repeat goes on.</returns>
    private async Task<bool> TryCompleteAsync(PostedJournal decided)
    {
        try
        {
            await Task.WhenAll(decided.Journal.Legs
                .Where(leg => leg.Account is { } account && account != decided.Journal.Decider)
                .Select(leg => leg.Account!.Value)
                .Distinct()
                .Select(account => accounts.FollowAsync(decided, account))
                .Append(bank.AppendAsync(decided)));
            return true;
        }
        catch (Exception e) when (!StorageFaults.IsOurs(e))
        {
            LogIncomplete(decided.Journal.Id, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal {Id} is decided but not complete; the sweeper goes on")]
    private partial void LogIncomplete(TransactionId id, Exception exception);
}
