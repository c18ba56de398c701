using Serverless.Banking.Salaries;

namespace Serverless.Banking.Applications;

/// <summary>What can be asked for online (PROD-24): halves of the net salary up to three of them, and never above the currency's maximum.</summary>
internal static class OverdraftLimits
{
    private const int SalariesAtMost = 3;

    /// <returns>Rising; empty for a salary that is smaller than the step.</returns>
    public static IReadOnlyList<Money> Suggest(Salary salary, ApplicationsOptions options)
    {
        var currency = salary.Net.Currency;
        var unit = UnitOf(currency);
        var step = (options.OverdraftStep.TryGetValue(currency.Code, out var steps) ? steps : 10) * unit;
        var most = Math.Min(SalariesAtMost * salary.Net.Minor, options.OverdraftAtMost[currency.Code] * unit);
        return [.. Enumerable.Range(1, 2 * SalariesAtMost).Select(halves => Math.Min(halves * salary.Net.Minor / 2, most) / step * step).Where(limit => limit > 0).Distinct()
            .Select(limit => Money.OfMinor(limit, currency))];
    }

    /// <summary>Minor units of one.</summary>
    public static long UnitOf(Currency currency) => Money.Find(currency.Digits == 0 ? "1" : $"1.{new string('0', currency.Digits)}", currency)!.Minor;
}
