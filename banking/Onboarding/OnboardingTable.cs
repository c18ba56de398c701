using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Identification;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>An application as read or written, with what guards its next change.</summary>
/// <param name="Person">The partition: a keyed hash of the personal number that was typed.</param>
internal sealed record StoredApplication(OnboardingApplication It, string Person, string Row, ETag ETag);

/// <summary>
/// Table Onboarding. Partition = person (keyed hash of the personal number): <c>application|…</c> newest first, sealed; <c>live</c>, there while one of them is not at its end, in one group
/// with it; <c>videos</c>, when video sessions were begun. Partition <c>id</c>: whose an application's id is. Partition <c>open</c>: what is not at its end, for the sweeper. Partition
/// <c>review</c>: the queue of compliance, oldest first. Partition <c>due</c>: what is to be erased when. Partition <c>customer</c>: which application made a customer.
/// </summary>
internal sealed class OnboardingTable(BankTables tables, PersonalDataSeal seal, KeyedHash hash)
{
    public const string Name = "Onboarding";

    private const string Ids = "id";
    private const string Open = "open";
    private const string Reviews = "review";
    private const string Due = "due";
    private const string Customers = "customer";
    private const string Live = "live";
    private const string Videos = "videos";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    public string PersonOf(PersonalNumber number) => hash.Of("onboarding person", number.Value);

    public async Task<StoredApplication?> FindAsync(Guid id, CancellationToken cancellation) =>
        await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner ? await ReadAsync(owner.GetString("Person")!, owner.GetString("Row")!, cancellation) : null;

    /// <summary>The live application of a person; else the last one.</summary>
    public async Task<StoredApplication?> FindOfAsync(string person, CancellationToken cancellation)
    {
        if (await GetAsync(person, Live, cancellation) is { } live && await ReadAsync(person, live.GetString("Row")!, cancellation) is { } stored)
            return stored;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {person} and RowKey gt {"application|"} and RowKey lt {"application|~"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellation))
            return From(row);
        return null;
    }

    public async Task<StoredApplication?> FindOfCustomerAsync(CustomerId customer, CancellationToken cancellation) =>
        await GetAsync(Customers, customer.Value, cancellation) is { } row ? await FindAsync(row.GetGuid("Application")!.Value, cancellation) : null;

    public Task NameCustomerAsync(CustomerId customer, Guid application, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Customers, customer.Value) { ["Application"] = application }, TableUpdateMode.Replace, cancellation);

    /// <summary>Order of the writes: whose the id is, the sweeper's row, then the application with its place. Killed in between, the first two lead nowhere.</summary>
    /// <returns>False when the person has a live application.</returns>
    public async Task<bool> AddAsync(OnboardingApplication it, string person, CancellationToken cancellation)
    {
        var row = $"application|{(Latest - it.OpenedAt.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}";
        await Table.UpsertEntityAsync(new TableEntity(Ids, it.Id.ToString("N")) { ["Person"] = person, ["Row"] = row }, TableUpdateMode.Replace, cancellation);
        await Table.UpsertEntityAsync(new TableEntity(Open, Moment(it.OpenedAt, it.Id)), TableUpdateMode.Replace, cancellation);
        if (await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, ToRow(it, person, row)),
                new(TableTransactionActionType.Add, new TableEntity(person, Live) { ["Row"] = row }),
            ],
            cancellation))
            return true;
        await DeleteAsync(Open, Moment(it.OpenedAt, it.Id), cancellation);
        await DeleteAsync(Ids, it.Id.ToString("N"), cancellation);
        return false;
    }

    /// <summary>One write with the ETag that was read; the end of an application frees its place in the same group. Before it, what has to find it is written.</summary>
    /// <param name="eraseAt">Of an end: when its data go; null when that is not known yet.</param>
    /// <returns>Null when it has changed since it was read.</returns>
    public async Task<StoredApplication?> ReplaceAsync(StoredApplication record, OnboardingApplication changed, Instant? eraseAt, CancellationToken cancellation)
    {
        if (changed.State == OnboardingState.IdentityReview && record.It.State != OnboardingState.IdentityReview)
            await Table.UpsertEntityAsync(new TableEntity(Reviews, Moment(changed.Review!.OpenedAt, changed.Id)), TableUpdateMode.Replace, cancellation);
        if (eraseAt is { } erase)
            await PlanAsync(changed.Id, erase, cancellation);
        List<TableTransactionAction> group = [new(TableTransactionActionType.UpdateReplace, ToRow(changed, record.Person, record.Row), record.ETag)];
        if (changed.IsOver && !record.It.IsOver)
            group.Add(new(TableTransactionActionType.Delete, new TableEntity(record.Person, Live), ETag.All));
        try
        {
            var answer = await Table.SubmitTransactionAsync(group, cancellation);
            return record with { It = changed, ETag = answer.Value[0].Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (Ledger.StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <summary>Oldest first: since when, which.</summary>
    public IAsyncEnumerable<(string Row, Instant Since, Guid Id)> OpenAsync(CancellationToken cancellation) => MomentsAsync(Open, "", null, cancellation);

    /// <inheritdoc cref="OpenAsync"/>
    public IAsyncEnumerable<(string Row, Instant Since, Guid Id)> ReviewsAsync(string after, CancellationToken cancellation) => MomentsAsync(Reviews, after, null, cancellation);

    /// <summary>What is to be erased by now.</summary>
    public IAsyncEnumerable<(string Row, Instant Since, Guid Id)> DueAsync(Instant until, CancellationToken cancellation) => MomentsAsync(Due, "", until, cancellation);

    public Task PlanAsync(Guid application, Instant eraseAt, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Due, Moment(eraseAt, application)), TableUpdateMode.Replace, cancellation);

    public Task DropOpenAsync(string row, CancellationToken cancellation) => DeleteAsync(Open, row, cancellation);

    public Task DropReviewAsync(string row, CancellationToken cancellation) => DeleteAsync(Reviews, row, cancellation);

    public Task DropDueAsync(string row, CancellationToken cancellation) => DeleteAsync(Due, row, cancellation);

    /// <summary>An application that is over waits for nobody.</summary>
    public Task CloseAsync(OnboardingApplication it, CancellationToken cancellation) => DropOpenAsync(Moment(it.OpenedAt, it.Id), cancellation);

    public Task LeaveReviewAsync(OnboardingApplication it, CancellationToken cancellation) =>
        it.Review is { } review ? DropReviewAsync(Moment(review.OpenedAt, it.Id), cancellation) : Task.CompletedTask;

    /// <summary>Everything of an application; what points at it last, so that a killed erasure is found again.</summary>
    public async Task EraseAsync(StoredApplication stored, CancellationToken cancellation)
    {
        if (stored.It.Client is { } client)
            await DeleteAsync(Customers, client.Customer.Value, cancellation);
        await DeleteAsync(stored.Person, stored.Row, cancellation);
        await DeleteAsync(Ids, stored.It.Id.ToString("N"), cancellation);
    }

    /// <summary>For an erasure that was killed before its last row.</summary>
    public Task ForgetAsync(Guid id, CancellationToken cancellation) => DeleteAsync(Ids, id.ToString("N"), cancellation);

    /// <summary>Counts a video session of a person before it is begun; the same session counts once.</summary>
    /// <returns>False when there were too many since then.</returns>
    public async Task<bool> CountVideoAsync(string person, Guid session, Instant now, Instant since, int atMost, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await GetAsync(person, Videos, cancellation);
            var begun = row is null ? [] : StoredJson.Read<IReadOnlyList<BegunVideo>>(row.GetString("Begun")!).Where(video => video.At > since).ToArray();
            if (begun.Any(video => video.Session == session))
                return true;
            if (begun.Length >= atMost)
                return false;
            var next = new TableEntity(person, Videos) { ["Begun"] = StoredJson.Write<IReadOnlyList<BegunVideo>>([.. begun, new BegunVideo(session, now)]) };
            if (row is null ? await Table.TryAddAsync(next, cancellation) : await Table.TryUpdateAsync(next, row.ETag, TableUpdateMode.Replace, cancellation))
                return true;
        }
    }

    private async IAsyncEnumerable<(string Row, Instant Since, Guid Id)> MomentsAsync(
        string partition, string after, Instant? until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = until is { } moment ? $"{Digits(moment)}}}" : "~";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return (row.RowKey, Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), Guid.ParseExact(parts[1], "N"));
        }
    }

    private async Task<StoredApplication?> ReadAsync(string person, string row, CancellationToken cancellation) =>
        await GetAsync(person, row, cancellation) is { } found ? From(found) : null;

    private async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private Task DeleteAsync(string partition, string row, CancellationToken cancellation) => Table.TryDeleteAsync(partition, row, ETag.All, cancellation);

    private TableEntity ToRow(OnboardingApplication it, string person, string row) => new(person, row)
    {
        ["State"] = it.State.ToString(),
        ["Content"] = seal.Seal(Place(person, row), it),
    };

    private StoredApplication From(TableEntity row) =>
        new(seal.Open<OnboardingApplication>(Place(row.PartitionKey, row.RowKey), row.GetString("Content")!), row.PartitionKey, row.RowKey, row.ETag);

    private static string Place(string person, string row) => $"{Name}/{person}/{row}";

    private static string Moment(Instant at, Guid id) => $"{Digits(at)}|{id:N}";

    private static string Digits(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    private sealed record BegunVideo(Guid Session, Instant At);
}
