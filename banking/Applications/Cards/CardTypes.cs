using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <summary>A credit card that one can apply for (PROD-07).</summary>
/// <param name="InterestPercent">A year's, of what is owed.</param>
/// <param name="Conditions">By language.</param>
public sealed record CardType(
    string Code, string Name, Money Lowest, Money Highest, decimal InterestPercent, Money AnnualFee, Money CashFee, IReadOnlyDictionary<string, IReadOnlyList<string>> Conditions);

/// <summary>The cards on offer, from <c>cards.json</c>.</summary>
public static class CardTypes
{
    public static IReadOnlyList<CardType> All { get; } = Read();

    public static CardType? Find(string code) => All.FirstOrDefault(type => type.Code == code);

    public static IReadOnlyList<string> ConditionsOf(CardType type, Language language) => type.Conditions[language.Code()];

    private static IReadOnlyList<CardType> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Applications.cards.json")!;
        return
        [
            .. JsonSerializer.Deserialize<Line[]>(stream, JsonSerializerOptions.Web)!.Select(line => new CardType(
                line.Code, line.Name, line.In(line.Lowest), line.In(line.Highest), line.InterestPercent, line.In(line.AnnualFee), line.In(line.CashFee), line.Conditions)),
        ];
    }

    private sealed record Line(
        string Code, string Name, string Currency, string Lowest, string Highest, decimal InterestPercent, string AnnualFee, string CashFee,
        Dictionary<string, IReadOnlyList<string>> Conditions)
    {
        public Money In(string amount) => Money.Find(amount, Banking.Currency.Of(Currency)) ?? throw new FormatException($"{Code}: {amount} is no amount.");
    }
}
