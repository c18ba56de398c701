using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>What a customer has used of his limits, and the limits of his own: the row that every order reads, guards with the ETag, and replaces.</summary>
/// <param name="Uses">By kind.</param>
/// <param name="Own">As <see cref="TransfersOptions.Limits"/>, instead of them where they say something.</param>
internal sealed record LimitBook(CustomerId Customer, ETag? ETag, IReadOnlyDictionary<string, LimitUse> Uses, IReadOnlyDictionary<string, LimitRule> Own)
{
    private static readonly Dictionary<string, LimitRule> NoneOwn = [];

    public static LimitBook New(CustomerId customer) => new(customer, null, new Dictionary<string, LimitUse>(), NoneOwn);

    public static LimitBook From(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey), row.ETag,
        StoredJson.Read<Dictionary<string, LimitUse>>(row.GetString("Uses")!),
        row.GetString("Own") is { } own ? StoredJson.Read<Dictionary<string, LimitRule>>(own) : NoneOwn);

    public LimitUse Of(TransferKind kind, LimitMoment at) => (Uses.GetValueOrDefault(kind.Short()) ?? new LimitUse("", 0, "", 0, 0, 0, 0)).At(at);

    public LimitBook With(TransferKind kind, LimitUse use) =>
        this with { Uses = new Dictionary<string, LimitUse>(Uses) { [kind.Short()] = use } };

    /// <summary>Inserts a first book, replaces a later one only as it was read.</summary>
    public TableTransactionAction ToAction()
    {
        var row = new TableEntity(TransferKeys.Partition(Customer), TransferKeys.Limits)
        {
            ["Uses"] = StoredJson.Write(Uses),
            ["Own"] = Own.Count == 0 ? null! : StoredJson.Write(Own),
        };
        return ETag is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, etag)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
    }
}

/// <param name="Now">For the count by the hour.</param>
/// <param name="Today">In Tirana.</param>
internal readonly record struct LimitMoment(Instant Now, LocalDate Today)
{
    public static LimitMoment Of(Instant now) => new(now, now.InZone(BankTime.Tirane).Date);

    public string Day => NodaTime.Text.LocalDatePattern.Iso.Format(Today);

    public string Month => Day[..7];
}

/// <summary>Amounts in minor units of ALL.</summary>
/// <param name="Hour">Start, count and the count before: a sliding window of an hour, as <see cref="RateCounter"/>.</param>
internal sealed record LimitUse(string Day, long InDay, string Month, long InMonth, long Hour, long Count, long Before)
{
    public RateCounter Counter => new(Hour, Count, Before, 0);

    public LimitUse At(LimitMoment at)
    {
        var counter = Counter.At(at.Now, Duration.FromHours(1));
        return new LimitUse(at.Day, Day == at.Day ? InDay : 0, at.Month, Month == at.Month ? InMonth : 0, counter.Start, counter.Count, counter.Before);
    }

    public LimitUse Plus(long amount) => this with { InDay = checked(InDay + amount), InMonth = checked(InMonth + amount), Count = Count + 1 };

    /// <summary>Gives back what a transfer of an earlier moment took, where its day, month and hour are still being counted.</summary>
    public LimitUse Minus(long amount, LimitMoment taken) => this with
    {
        InDay = Day == taken.Day ? Math.Max(0, InDay - amount) : InDay,
        InMonth = Month == taken.Month ? Math.Max(0, InMonth - amount) : InMonth,
        Count = new LimitUse("", 0, "", 0, 0, 0, 0).At(taken).Hour == Hour ? Math.Max(0, Count - 1) : Count,
    };
}
