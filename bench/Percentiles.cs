namespace Serverless.Bench;

internal static class Percentiles
{
    /// <param name="share">0.5 for the median.</param>
    public static double Of(IReadOnlyCollection<double> values, double share) =>
        values.Order().ElementAt(Math.Min(values.Count - 1, (int)(share * values.Count)));
}
