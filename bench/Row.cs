namespace Serverless.Bench;

/// <summary>One line of the table.</summary>
/// <param name="ComparedWith">What the value is held against, in words and with its own number.</param>
/// <param name="Reference">That number, in the row's unit; null when there is nothing to compare with.</param>
internal sealed record Row(string Name, string Unit, double Value, string ComparedWith, double? Reference)
{
    /// <summary>Value over reference.</summary>
    public double? Ratio => Reference is > 0 ? Value / Reference : null;
}
