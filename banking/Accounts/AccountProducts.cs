using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="Minimum">What must stay on it, and so the least initial amount; zero for current accounts.</param>
public sealed record OfferedCurrency(Currency Currency, Money Minimum);

public sealed record AccountProduct(AccountType Type, IReadOnlyList<OfferedCurrency> Currencies);

/// <summary>What a customer can open by himself (ACC-11).</summary>
public static class AccountProducts
{
    public static IReadOnlyList<AccountProduct> All { get; } =
    [
        new(AccountType.Current, [.. ((string[])["ALL", "AUD", "CAD", "CHF", "EUR", "GBP", "USD"]).Select(code => Offer(code, 0))]),
        new(AccountType.Savings, [Offer("ALL", 150_000), Offer("EUR", 1_500), Offer("GBP", 1_500), Offer("USD", 1_500)]),
    ];

    /// <summary>Null when the product is not offered in the currency.</summary>
    public static OfferedCurrency? Find(AccountType type, Currency currency) =>
        All.Single(product => product.Type == type).Currencies.FirstOrDefault(offered => offered.Currency == currency);

    private static OfferedCurrency Offer(string code, long minimum) => new(Currency.Of(code), Money.OfMinor(minimum, Currency.Of(code)));
}
