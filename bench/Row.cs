namespace Serverless.Bench;

/// <summary>One line of the table.</summary>
/// <param name="ComparedWith">What the value is held against, in words and with its own number.</param>
/// <param name="Reference">That number, in the row's unit; null when there is nothing to compare with.</param>
internal sealed record Row(string Name, string Unit, double Value, string ComparedWith, double? Reference)
{
    /// <summary>Of the ratio: what is wanted; null when nothing is. A row that misses it is marked.</summary>
    public double? AtLeast { get; init; }

    /// <inheritdoc cref="AtLeast"/>
    public double? AtMost { get; init; }

    public bool IsMissed => Ratio is { } ratio && (Math.Round(ratio, 2) < AtLeast || Math.Round(ratio, 2) > AtMost);

    /// <summary>Value over reference.</summary>
    public double? Ratio => Reference is > 0 ? Value / Reference : null;
}
