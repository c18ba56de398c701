using System.Globalization;
using NodaTime;

namespace Serverless.Banking.History;

/// <summary>A place in a sorted history: behind one operation and before the next.</summary>
/// <param name="Amount">In major units; only what is sorted by amount looks at it.</param>
internal sealed record OperationPlace(Instant At, OperationId Id, decimal Amount)
{
    public static OperationPlace Of(Operation operation) => new(operation.At, operation.Id, SearchText.Size(operation.Amount));

    public string Write() => string.Join(',', At.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture), Id.Value, Amount.ToString(CultureInfo.InvariantCulture));

    public static OperationPlace Read(string text)
    {
        var parts = text.Split(',');
        return new OperationPlace(
            Instant.FromUnixTimeTicks(long.Parse(parts[0], CultureInfo.InvariantCulture)), OperationId.Parse(parts[1]),
            decimal.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>The four orders of a history. Total: no two operations are in the same place.</summary>
internal sealed class OperationOrder(OperationSort sort) : IComparer<OperationPlace>
{
    /// <returns>Negative when the left one is listed first.</returns>
    public int Compare(OperationPlace? x, OperationPlace? y)
    {
        var (left, right) = (x!, y!);
        var byAmount = sort switch
        {
            OperationSort.AmountHighestFirst => right.Amount.CompareTo(left.Amount),
            OperationSort.AmountLowestFirst => left.Amount.CompareTo(right.Amount),
            _ => 0,
        };
        if (byAmount != 0)
            return byAmount;
        var newestFirst = right.At.CompareTo(left.At);
        newestFirst = newestFirst != 0 ? newestFirst : string.CompareOrdinal(right.Id.Value, left.Id.Value);
        return sort == OperationSort.DateOldestFirst ? -newestFirst : newestFirst;
    }
}

/// <summary>Keeps the first few of however many, in memory for so few.</summary>
internal sealed class FirstOperations(int count, OperationOrder order)
{
    private readonly PriorityQueue<Operation, OperationPlace> kept = new(Comparer<OperationPlace>.Create((left, right) => order.Compare(right, left)));

    public void Add(Operation operation)
    {
        var place = OperationPlace.Of(operation);
        if (kept.Count < count)
            kept.Enqueue(operation, place);
        else
            kept.EnqueueDequeue(operation, place);
    }

    public IReadOnlyList<Operation> InOrder() => [.. kept.UnorderedItems.OrderBy(item => item.Priority, order).Select(item => item.Element)];
}
