using System.ComponentModel;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>An amount on the wire.</summary>
[Description("An exact amount: a decimal string with exactly the currency's own number of digits (ISO 4217), never a JSON number.")]
public sealed record AmountDto(
    [Description("Decimal string with the currency's own number of digits.")] string Amount,
    [Description("ISO 4217, three capital letters.")] string Currency)
{
    public static AmountDto From(Money money) => new(money.ToDecimalString(), money.Currency.Code);

    public static AmountDto? FromOptional(Money? money) => money is null ? null : From(money);
}
