namespace Serverless.Banking.Ledger;

/// <summary>The caller's own write that a journal depends on, such as a transfer's row with its limits: it runs beside the journal's intent, and the debit waits for both.</summary>
/// <remarks>
/// One storage transaction at best, and harmless to repeat: where it finds its own rows written by an earlier try, it answers success. An error
/// of it is the posting's answer, and nothing is posted. Its rows may stand although nothing was posted (the process was killed in between, or the account
/// refused the debit): the journal's marker tells (<see cref="FindJournal"/>), the caller's repeat goes on, and <see cref="VoidJournal"/> gives up.
/// </remarks>
public delegate Task<Result<Nothing>> Precondition(CancellationToken cancellation);

/// <summary>Tells the sweeper, after a process was killed, whether what a conditional journal depends on is there. Registered once per kind of journal.</summary>
public interface IJournalCondition
{
    /// <summary>The <see cref="Journal.Kind"/> it answers for.</summary>
    string Kind { get; }

    /// <returns>True when the precondition's rows are written: the journal is posted. Otherwise it is withdrawn, until its caller repeats it.</returns>
    Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation);
}
