using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Finds where a day begins among the entries of an account, however many there are: one small read per doubling of their number.</summary>
/// <remarks>
/// Entries are numbered in the order they were written, which is the order of their days except around midnight: what was ordered before
/// and finished after it (by the sweeper, say) carries the earlier day behind entries of the later one. So the search ends with a look back, until a
/// whole page lies before the day. A day begins with the first entry that carries it or a later one; a latecomer belongs to the stretch it was
/// written in. Stretches so cut have no gap and no overlap: the closing balance of one is the opening balance of the next.
/// </remarks>
public sealed class FindSequence(ReadEntries entries)
{
    private const int LookBack = 50;

    /// <param name="newest">The number of the account's newest entry; 0 when there is none.</param>
    /// <returns>The number of the first entry booked on the day or later; <paramref name="newest"/> + 1 when there is none.</returns>
    public async Task<long> RunAsync(AccountId account, LocalDate day, long newest, CancellationToken cancellation)
    {
        // Always: entries up to "before" are earlier, entries from "found" on are not, as far as they are in order.
        var (before, found) = (0L, newest + 1);
        while (found - before > 1)
        {
            var middle = before + ((found - before) / 2);
            var entry = (await entries.RunAsync(account, middle + 1, 1, cancellation))[0];
            if (entry.BookedOn < day)
                before = middle;
            else
                found = middle;
        }

        for (var at = found; at > 1;)
        {
            var page = await entries.RunAsync(account, at, LookBack, cancellation);
            if (page.LastOrDefault(entry => entry.BookedOn >= day) is not { } earlier)
                break;
            found = at = earlier.Sequence;
        }

        return found;
    }
}
