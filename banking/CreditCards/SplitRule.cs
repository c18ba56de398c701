using Microsoft.Extensions.Options;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Partners;

namespace Serverless.Banking.CreditCards;

/// <summary>Which purchases can be split (CC-29). Whether the statement was made meanwhile, the processor says.</summary>
internal sealed class SplitRule(ExchangeRates rates, IOptionsMonitor<CreditCardsOptions> options)
{
    public Task RefreshAsync(CancellationToken cancellation) => rates.RefreshAsync(cancellation);

    public bool IsSplittable(CardTransaction one) =>
        one is { Type: CardTransactionType.Purchase, IsCompleted: true, Plan: null } && InAll(one.Amount) is { } value && value >= Money.OfMinor(options.CurrentValue.SplitFromAll * 100L, Currency.All);

    /// <summary>Null without a rate: then nobody knows whether it is large enough.</summary>
    private Money? InAll(Money amount) =>
        amount.Currency == Currency.All ? amount : rates.Find(amount.Currency, Currency.All) is { } rate ? ExchangeRates.Proceeds(amount, Currency.All, rate) : null;
}
