namespace Serverless.Banking.Health;

/// <summary>One thing without which the bank cannot serve.</summary>
public interface IReadinessCheck
{
    /// <summary>Small letters; anybody may read it.</summary>
    string Name { get; }

    /// <summary>What takes longer counts as not there.</summary>
    TimeSpan TimeOut { get; }

    /// <returns>False when it is there and not as it has to be. Whatever throws is not there.</returns>
    Task<bool> IsReadyAsync(CancellationToken cancellation);
}
