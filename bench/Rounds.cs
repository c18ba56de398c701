namespace Serverless.Bench;

/// <summary>Measures several things in turns and keeps the median of each: a machine's speed changes while one looks, for all of them alike.</summary>
/// <param name="turns">Each measures once; a round runs all of them, the next round begins with another.</param>
internal sealed class Rounds(params Func<Task<double>>[] turns)
{
    private readonly List<double>[] measured = [.. turns.Select(_ => new List<double>())];

    public async Task RunAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < turns.Length; i++)
            {
                var turn = (round + i) % turns.Length;
                measured[turn].Add(await turns[turn]());
            }
        }
    }

    public double Median(int turn) => Of(turn, 0.5);

    /// <inheritdoc cref="Percentiles.Of"/>
    public double Of(int turn, double share) => Percentiles.Of(measured[turn], share);

    /// <summary>The least and the greatest ratio of two turns within one round: how far the medians can be trusted.</summary>
    public (double Least, double Greatest) Spread(int turn, int over)
    {
        var ratios = measured[turn].Zip(measured[over], (one, other) => one / other).ToArray();
        return (ratios.Min(), ratios.Max());
    }
}
