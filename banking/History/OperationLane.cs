namespace Serverless.Banking.History;

/// <summary>One of the sorted streams that a list is merged from; read only as far as the page needs it.</summary>
internal sealed class OperationLane(IAsyncEnumerator<Operation> operations, AccountPlace? place, int step) : IAsyncDisposable
{
    private bool isLoaded;

    /// <summary>The entries that are left; null for orders that are not booked.</summary>
    public AccountPlace? Place { get; private set; } = place;

    /// <summary>Null at the end, and before <see cref="LoadAsync"/>.</summary>
    public Operation? Head { get; private set; }

    /// <summary>Whether there can be more behind what was taken; without looking, when the numbers tell.</summary>
    public bool MayHaveMore => isLoaded ? Head is not null : Place is null || (step < 0 ? Place.Next >= Place.Last : Place.Next <= Place.Last);

    public async Task LoadAsync()
    {
        if (!isLoaded)
        {
            Head = await operations.MoveNextAsync() ? operations.Current : null;
            isLoaded = true;
        }
    }

    public Operation Take()
    {
        var taken = Head ?? throw new InvalidOperationException("The lane is at its end.");
        (Head, isLoaded) = (null, false);
        if (Place is { } entries)
            Place = entries with { Next = entries.Next + step };
        return taken;
    }

    public ValueTask DisposeAsync() => operations.DisposeAsync();
}
