namespace Serverless.Banking.Ledger;

/// <summary>The caller's own write that a journal depends on, such as a transfer's row with its limits: it runs beside the journal's intent, and the debit waits for both.</summary>
/// <remarks>
/// One storage transaction at best, and harmless to repeat: where it finds its own rows written by an earlier try, it answers success. An error
/// of it is the posting's answer, and nothing is posted. Its rows may stand although nothing was posted (the process was killed in between, or the account
/// refused the debit): the journal's marker tells (<see cref="FindJournal"/>), the caller's repeat goes on, and <see cref="VoidJournal"/> gives up.
/// </remarks>
public delegate Task<Result<Nothing>> Precondition(CancellationToken cancellation);

/// <summary>What the caller of a conditional journal does about its own rows once the journal's fate is known.</summary>
/// <param name="Posted">Instead of the kind's <see cref="IJournalFollowUp"/>, which would have to read those rows first; at the same time, and as safe to repeat.</param>
/// <param name="Refused">Before the intent is removed and the caller hears of it: afterwards no sweeper of the ledger's comes across rows that stand without their journal.</param>
public sealed record JournalAftermath(Func<PostedJournal, Task> Posted, Func<Error, Task> Refused);

/// <summary>Tells the sweeper, after a process was killed, whether what a conditional journal depends on is there. Registered once per kind of journal.</summary>
public interface IJournalCondition
{
    /// <summary>The <see cref="Journal.Kind"/> it answers for.</summary>
    string Kind { get; }

    /// <returns>True when the precondition's rows are written: the journal is posted. Otherwise it is withdrawn, until its caller repeats it.</returns>
    Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation);
}
