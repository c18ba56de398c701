using System.Globalization;

namespace Serverless.Banking.Telemetry;

/// <summary>About how much an amount is, in whole units of its own currency: the only form in which an amount leaves the bank's books for its telemetry.</summary>
internal static class AmountBucket
{
    private static readonly (long Most, string Name)[] Buckets =
        [.. new long[] { 100, 1_000, 10_000, 100_000, 1_000_000 }.Select(most => (most, $"up_to_{most.ToString(CultureInfo.InvariantCulture)}"))];

    public static string Of(Money amount)
    {
        var unit = 1L;
        for (var digit = 0; digit < amount.Currency.Digits; digit++)
            unit *= 10;
        foreach (var (most, name) in Buckets)
        {
            if (Math.Abs(amount.Minor) <= most * unit)
                return name;
        }

        return "above_1000000";
    }
}
