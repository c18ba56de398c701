using System.Globalization;

namespace Serverless.Banking;

/// <summary>An exact amount in one currency.</summary>
/// <remarks>
/// Unit: whole minor units (EUR 12.34 is 1234, JPY 500 is 500, KWD 0.450 is 450); digits per ISO 4217.
/// Negative is allowed: a balance can be, a payment cannot, and each says so itself.
/// </remarks>
public sealed record Money
{
    private Money(long minor, Currency currency) => (Minor, Currency) = (minor, currency);

    public long Minor { get; }

    public Currency Currency { get; }

    public bool IsPositive => Minor > 0;

    public static Money OfMinor(long minor, Currency currency) => new(minor, currency);

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Reads the API's decimal string: digits, and exactly the currency's own number of decimals (<c>"1707.40"</c> ALL, <c>"500"</c> JPY).</summary>
    /// <returns>Null when the text has another shape or the amount does not fit.</returns>
    public static Money? Find(string? text, Currency currency)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var negative = text[0] == '-';
        var digits = negative ? text.AsSpan(1) : text.AsSpan();
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        var shaped = whole.Length is > 0 and <= 18 && fraction.Length == currency.Digits && (point >= 0) == (currency.Digits > 0)
            && !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9')
            && (whole.Length == 1 || whole[0] != '0');
        return shaped && long.TryParse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Money(negative ? -minor : minor, currency)
            : null;
    }

    /// <summary>The API's decimal string, with the currency's own number of digits.</summary>
    public string ToDecimalString()
    {
        var digits = Math.Abs((decimal)Minor).ToString(CultureInfo.InvariantCulture).PadLeft(Currency.Digits + 1, '0');
        var text = Currency.Digits == 0 ? digits : $"{digits[..^Currency.Digits]}.{digits[^Currency.Digits..]}";
        return Minor < 0 ? "-" + text : text;
    }

    /// <exception cref="InvalidOperationException">The currencies differ: convert first.</exception>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency).Minor), left.Currency);

    /// <exception cref="InvalidOperationException">The currencies differ: convert first.</exception>
    /// <exception cref="OverflowException">The difference does not fit.</exception>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency).Minor), left.Currency);

    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);

    public static bool operator <(Money left, Money right) => left.Minor < right.In(left.Currency).Minor;

    public static bool operator >(Money left, Money right) => left.Minor > right.In(left.Currency).Minor;

    public static bool operator <=(Money left, Money right) => left.Minor <= right.In(left.Currency).Minor;

    public static bool operator >=(Money left, Money right) => left.Minor >= right.In(left.Currency).Minor;

    public override string ToString() => $"{Currency.Code} {ToDecimalString()}";

    private Money In(Currency expected) => Currency == expected
        ? this
        : throw new InvalidOperationException($"Expected {expected.Code}, got {Currency.Code}.");
}
