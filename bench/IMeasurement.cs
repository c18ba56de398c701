namespace Serverless.Bench;

/// <summary>Something that is measured, with what it is compared with measured in the same run.</summary>
internal interface IMeasurement
{
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync(Plan plan);
}

/// <summary>How long and how much.</summary>
/// <param name="Storage">Connection string of an Azurite that nobody else uses.</param>
/// <param name="StorageProcessorTime">Of that Azurite, so far.</param>
internal sealed record Plan(string Storage, Func<TimeSpan> StorageProcessorTime, bool IsQuick, bool ListsCalls)
{
    public const int Clients = 16, PrefixLength = 11;

    public T Of<T>(T quick, T full) => IsQuick ? quick : full;

    /// <summary>Keeps one measurement's state apart from another's.</summary>
    public static string NewPrefix() => $"b{Guid.NewGuid():N}"[..PrefixLength];
}
