using System.Globalization;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>What was paid into a fund through the bank, and what it bought.</summary>
/// <param name="Id">Of the transfer; the company's name for it, too.</param>
/// <param name="Quotas">As the company has booked it; null before.</param>
public sealed record FundContribution(
    Guid Id, FundContributionState State, FundContributionKind Kind, Money Amount, Instant PaidAt, decimal? Quotas, decimal? QuotaPrice, Instant? BookedAt)
{
    /// <summary>Null for one of which the bank's own half is not written yet.</summary>
    internal static FundContribution? Find(TableEntity row)
    {
        if (row.GetString("Amount") is not { } amount)
            return null;
        var words = amount.Split(' ');
        var booked = row.GetDateTimeOffset("BookedAt");
        return new FundContribution(
            Guid.ParseExact(row.RowKey.Split('|')[^1], "N"),
            row.GetBoolean("IsReturned") == true ? FundContributionState.Returned : booked is null ? FundContributionState.Paid : FundContributionState.Booked,
            Enum.Parse<FundContributionKind>(row.GetString("Kind")!), Money.Find(words[0], Currency.Of(words[1]))!, Instant.FromDateTimeOffset(row.GetDateTimeOffset("PaidAt")!.Value),
            Number(row.GetString("Quotas")), Number(row.GetString("QuotaPrice")), booked is { } at ? Instant.FromDateTimeOffset(at) : null);
    }

    /// <summary>The bank's half.</summary>
    internal static Dictionary<string, object> Paid(Transfer transfer, bool isReturned) => new()
    {
        ["Amount"] = $"{transfer.Amount.ToDecimalString()} {transfer.Amount.Currency.Code}",
        ["Kind"] = FundOrigins.KindOf(transfer.Origin!).ToString(),
        ["PaidAt"] = transfer.OrderedAt.ToDateTimeOffset(),
        ["IsReturned"] = isReturned,
    };

    /// <summary>The company's half.</summary>
    internal static Dictionary<string, object> Booked(decimal quotas, decimal price, Instant at) => new()
    {
        ["Quotas"] = quotas.ToString(CultureInfo.InvariantCulture),
        ["QuotaPrice"] = price.ToString(CultureInfo.InvariantCulture),
        ["BookedAt"] = at.ToDateTimeOffset(),
    };

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Codes are these names in snake_case.</summary>
public enum FundContributionState
{
    /// <summary>The company has it.</summary>
    Paid,

    /// <summary>It has bought quotas.</summary>
    Booked,

    /// <summary>The company did not take it, or the application came to nothing: it is back on the account.</summary>
    Returned,
}

/// <summary>Codes are these names in snake_case.</summary>
public enum FundContributionKind
{
    /// <summary>At the confirmation of the application.</summary>
    Opening,

    /// <summary>By hand.</summary>
    Manual,

    Automatic,
}

/// <summary>What ordered a contribution, as its transfer names it: <c>pension_fund/{id}/manual</c>.</summary>
internal static class FundOrigins
{
    private const string Prefix = "pension_fund/";

    public static string Of(Guid fund, FundContributionKind kind) => $"{Prefix}{fund:D}/{kind.ToString().ToLowerInvariant()}";

    /// <returns>Null for whatever is no fund's.</returns>
    public static Guid? FundOf(string? origin) =>
        origin?.StartsWith(Prefix, StringComparison.Ordinal) == true && Guid.TryParseExact(origin.Split('/')[1], "D", out var fund) ? fund : null;

    public static FundContributionKind KindOf(string origin) => Enum.Parse<FundContributionKind>(origin.Split('/')[2], ignoreCase: true);
}
