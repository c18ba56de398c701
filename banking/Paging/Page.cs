namespace Serverless.Banking;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">Most items to return: 1 to 100, unless the operation says otherwise.</param>
/// <param name="After">
/// The <see cref="Page{T}.Next"/> of the page before, null for the first page. Only the operation that wrote it reads it; over HTTP
/// it travels sealed, bound to the caller and the list, so it comes back as it was written.
/// </param>
public sealed record PageRequest(int Limit, string? After)
{
    public const int MaxLimit = 100;
    public const int DefaultLimit = 20;

    public static PageRequest First { get; } = new(DefaultLimit, null);
}

/// <summary>One part of a list, newest first unless the operation says otherwise.</summary>
/// <param name="Items">May be empty, and may be fewer than asked for while <paramref name="Next"/> is set.</param>
/// <param name="Next">Where the next page begins; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
