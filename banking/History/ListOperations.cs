using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>The history of a customer's accounts: what is booked, merged with what is pending, failed or cancelled (HIST-01 to HIST-05, HIST-11, HIST-12).</summary>
/// <remarks>What a page costs is in this folder's README. Memory is that of a page, however long the accounts' history is.</remarks>
public sealed class ListOperations
{
    /// <summary>Entries that a page looks at before it answers with what it has found, and a cursor.</summary>
    private const int LookedAtMost = 5000;

    private static readonly Dictionary<AccountId, IReadOnlyList<Entry>> Nothing = [];

    private readonly ListAccounts accounts;
    private readonly ReadEntries newest;
    private readonly ScanEntries scan;
    private readonly UnbookedOperations unbooked;
    private readonly TimeProvider time;

    internal ListOperations(ListAccounts accounts, ReadEntries newest, ScanEntries scan, UnbookedOperations unbooked, TimeProvider time) =>
        (this.accounts, this.newest, this.scan, this.unbooked, this.time) = (accounts, newest, scan, unbooked, time);

    /// <param name="page">Its limit is at most 200.</param>
    /// <returns>
    /// A page in the order asked for; it may hold fewer than the limit, or none, while there is a next one. Or, first match: <see cref="InvalidInput"/> with
    /// <see cref="EndBeforeStart"/>, <see cref="PeriodNotOnline"/>, <see cref="PeriodTooLong"/>, <see cref="MinAboveMax"/>;
    /// <see cref="AccountNotFound"/>, also when an account is somebody else's.
    /// </returns>
    public async Task<Result<Page<Operation>>> RunAsync(CustomerId customer, OperationFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var today = now.InZone(BankTime.Tirane).Date;
        if (filter.Faults(today) is { Count: > 0 } faults)
            return new InvalidInput(faults);

        var list = new Listing(customer, filter, filter.Period(today), filter.Text is { } text ? SearchText.Fold(text) : null, page.Limit, now);
        if (page.After is { } after)
            return await PageAsync(list, HistoryCursor.Read(after), Nothing, cancellation);

        var begun = await BeginAsync(list, cancellation);
        return begun.IsSuccess ? await PageAsync(list, begun.Value.Cursor, begun.Value.Read, cancellation) : begun.Error;
    }

    private Task<Page<Operation>> PageAsync(
        Listing list, HistoryCursor cursor, IReadOnlyDictionary<AccountId, IReadOnlyList<Entry>> read, CancellationToken cancellation) =>
        list.Filter.IsByAmount ? SortAsync(list, cursor, cancellation) : MergeAsync(list, cursor, read, cancellation);

    /// <summary>The accounts as they are now: from here on the list does not move. Where the newest entries come first, they are read along.</summary>
    private async Task<Result<(HistoryCursor Cursor, IReadOnlyDictionary<AccountId, IReadOnlyList<Entry>> Read)>> BeginAsync(
        Listing list, CancellationToken cancellation)
    {
        List<AccountId> ids = [.. list.Filter.Accounts.Distinct()];
        if (ids.Count == 0)
        {
            await foreach (var id in accounts.IdsAsync(list.Customer, cancellation))
                ids.Add(id);
        }

        var entries = list.Filter switch
        {
            { Sort: not OperationSort.DateNewestFirst } or { State: not null and not OperationState.Booked } => 1,
            { IsNarrow: true } => ReadEntries.PageAtMost,
            _ => list.Limit,
        };
        var found = await Task.WhenAll(ids.Select(id => newest.NewestAsync(id, entries, cancellation)));
        if (list.Filter.Accounts.Count > 0 && found.Any(account => account is null || account.Book.Owner != list.Customer))
            return new AccountNotFound();

        // An index row without a book is an opening that was killed half way; a filter's currency leaves out whole accounts.
        var wanted = found.OfType<NewestEntries>().Where(account => list.Filter.Currency is null || account.Book.Currency == list.Filter.Currency).ToArray();
        var places = await Task.WhenAll(wanted.Select(account => PlaceAsync(list, account.Book, cancellation)));
        var read = wanted.Zip(places).Where(pair => list.Filter.Sort == OperationSort.DateNewestFirst && pair.Second.Next == pair.First.Book.Sequence)
            .ToDictionary(pair => pair.First.Book.Id, pair => pair.First.Entries);
        return (new HistoryCursor(places, null), read);
    }

    /// <summary>The numbers of the entries that the period can hold; at its edges a few more, which are left out one by one.</summary>
    private async Task<AccountPlace> PlaceAsync(Listing list, AccountBook book, CancellationToken cancellation)
    {
        var (oldest, youngest) = (1L, book.Sequence);
        if (list.Filter.State is not null and not OperationState.Booked)
            (oldest, youngest) = (1, 0);
        if (youngest > 0 && list.Period.End + ScanEntries.Disorder <= list.Now)
            youngest = (await scan.LocateAsync(book.Id, youngest, book.OpenedAt, list.Now, list.Period.End + ScanEntries.Disorder, cancellation)).To;
        if (youngest > 0 && list.Filter.Sort == OperationSort.DateOldestFirst && list.Period.Start - ScanEntries.Disorder > book.OpenedAt)
            oldest = (await scan.LocateAsync(book.Id, youngest, book.OpenedAt, list.Now, list.Period.Start - ScanEntries.Disorder, cancellation)).From;
        var hasHolds = book.Held.IsPositive;
        return list.Filter.Sort == OperationSort.DateOldestFirst
            ? new AccountPlace(book.Id, oldest, youngest, hasHolds)
            : new AccountPlace(book.Id, youngest, oldest, hasHolds);
    }

    /// <summary>By date: the accounts' entries are in that order already, so the page is merged from their ends.</summary>
    private async Task<Page<Operation>> MergeAsync(
        Listing list, HistoryCursor cursor, IReadOnlyDictionary<AccountId, IReadOnlyList<Entry>> read, CancellationToken cancellation)
    {
        var lanes = new List<OperationLane>();
        try
        {
            var step = list.Filter.Sort == OperationSort.DateOldestFirst ? 1 : -1;
            foreach (var place in cursor.Accounts.Where(place => step < 0 ? place.Next >= place.Last : place.Next <= place.Last))
            {
                var entries = EntriesAsync(list, place, read.GetValueOrDefault(place.Account) ?? [], cancellation);
                lanes.Add(new OperationLane(entries.GetAsyncEnumerator(cancellation), place, step));
            }

            if (list.Filter.State != OperationState.Booked)
            {
                foreach (var orders in unbooked.Lanes(list.Customer, cursor.Accounts, list.Filter, OrdersFrom(list, cursor), cursor.Unbooked, list.Limit, list.Now, cancellation))
                    lanes.Add(new OperationLane(orders.GetAsyncEnumerator(cancellation), null, step));
            }

            return await MergeAsync(list, cursor, lanes, cancellation);
        }
        finally
        {
            foreach (var lane in lanes)
                await lane.DisposeAsync();
        }
    }

    private async Task<Page<Operation>> MergeAsync(Listing list, HistoryCursor cursor, IReadOnlyList<OperationLane> lanes, CancellationToken cancellation)
    {
        var order = new OperationOrder(list.Filter.Sort);
        var items = new List<Operation>(list.Limit);
        var (unbookedPlace, isAtEnd) = (cursor.Unbooked, false);
        for (var looked = 0; items.Count < list.Limit && looked < LookedAtMost; looked++)
        {
            await Task.WhenAll(lanes.Select(lane => lane.LoadAsync()));
            var first = lanes.Where(lane => lane.Head is not null).MinBy(lane => OperationPlace.Of(lane.Head!), order);
            if (first is null)
            {
                isAtEnd = true;
                break;
            }

            var operation = first.Take();
            if (first.Place is null)
                unbookedPlace = OperationPlace.Of(operation);
            if (list.Takes(operation) && (first.Place is not null || !await unbooked.IsBookedAsync(operation, cancellation)))
                items.Add(operation);
        }

        if (isAtEnd || !lanes.Any(lane => lane.MayHaveMore))
            return new Page<Operation>(items, null);

        // Orders that come in while the customer turns pages are younger than the first page, and stay out of the next ones.
        if (list.Filter.Sort == OperationSort.DateNewestFirst)
            unbookedPlace ??= new OperationPlace(list.Now, OperationId.Booked(default, default), 0);
        var left = lanes.Select(lane => lane.Place).OfType<AccountPlace>().ToDictionary(place => place.Account);
        var next = new HistoryCursor([.. cursor.Accounts.Select(place => left.GetValueOrDefault(place.Account) ?? place)], unbookedPlace);
        return new Page<Operation>(items, next.Write());
    }

    /// <summary>By amount: nothing is in that order, so the whole period is read for every page, and no more of it kept than the page.</summary>
    private async Task<Page<Operation>> SortAsync(Listing list, HistoryCursor cursor, CancellationToken cancellation)
    {
        var order = new OperationOrder(list.Filter.Sort);
        var first = new FirstOperations(list.Limit + 1, order);
        foreach (var place in cursor.Accounts)
        {
            await foreach (var operation in EntriesAsync(list, place, [], cancellation))
                Look(operation);
        }

        if (list.Filter.State != OperationState.Booked)
        {
            foreach (var lane in unbooked.Lanes(list.Customer, cursor.Accounts, list.Filter, list.Period, null, list.Limit, list.Now, cancellation))
            {
                await foreach (var operation in lane)
                    Look(operation);
            }
        }

        var found = first.InOrder();
        var items = new List<Operation>();
        foreach (var operation in found.Take(list.Limit))
        {
            if (operation.State == OperationState.Booked || !await unbooked.IsBookedAsync(operation, cancellation))
                items.Add(operation);
        }

        var next = found.Count > list.Limit ? (cursor with { Unbooked = OperationPlace.Of(found[list.Limit - 1]) }).Write() : null;
        return new Page<Operation>(items, next);

        void Look(Operation operation)
        {
            if (list.Takes(operation) && (cursor.Unbooked is null || order.Compare(OperationPlace.Of(operation), cursor.Unbooked) > 0))
                first.Add(operation);
        }
    }

    private async IAsyncEnumerable<Operation> EntriesAsync(
        Listing list, AccountPlace place, IReadOnlyList<Entry> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var entry in read)
        {
            if (entry.PostedAt < list.Period.Start - ScanEntries.Disorder)
                yield break;
            yield return Operation.Of(place.Account, entry);
        }

        var size = list.Filter.IsNarrow || list.Filter.IsByAmount ? ScanEntries.PageAtMost : list.Limit;
        var rest = list.Filter.Sort == OperationSort.DateOldestFirst
            ? scan.OldestFirstAsync(place.Account, place.Next, place.Last, size, cancellation)
            : scan.NewestFirstAsync(place.Account, place.Next - read.Count, size, cancellation);
        await foreach (var entry in rest)
        {
            if (list.Filter.Sort == OperationSort.DateOldestFirst
                ? entry.PostedAt >= list.Period.End + ScanEntries.Disorder
                : entry.PostedAt < list.Period.Start - ScanEntries.Disorder)
            {
                yield break;
            }

            yield return Operation.Of(place.Account, entry);
        }
    }

    /// <summary>What of the period may hold orders that no page has shown yet.</summary>
    private static Interval OrdersFrom(Listing list, HistoryCursor cursor) => (list.Filter.Sort, cursor.Unbooked) switch
    {
        (OperationSort.DateNewestFirst, { } place) when place.At < list.Period.Start => new Interval(list.Period.Start, list.Period.Start),
        (OperationSort.DateNewestFirst, { } place) => new Interval(list.Period.Start, Instant.Min(list.Period.End, place.At + Duration.Epsilon)),
        (_, { } place) when place.At > list.Period.Start => new Interval(Instant.Min(place.At, list.Period.End), list.Period.End),
        _ => list.Period,
    };

    private sealed record Listing(CustomerId Customer, OperationFilter Filter, Interval Period, string? Text, int Limit, Instant Now)
    {
        public bool Takes(Operation operation) => Period.Contains(operation.At) && Filter.Matches(operation, Text);
    }
}
