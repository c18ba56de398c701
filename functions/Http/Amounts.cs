using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Reads the API's decimal strings, and says exactly what is wrong with one.</summary>
internal static class Amounts
{
    /// <summary>Whole digits at most; more does not fit 64-bit minor units of every currency.</summary>
    private const int MaxWholeDigits = 15;

    /// <returns>Or, first match: <see cref="CurrencyUnknown"/>, <see cref="AmountMalformed"/>, <see cref="AmountNotPositive"/>,
    /// <see cref="AmountDecimals"/>, <see cref="AmountTooLarge"/>.</returns>
    public static Result<Money> Read(string text, string code, string pointer, bool allowsZero)
    {
        if (Currency.Find(code) is not { } currency)
            return new CurrencyUnknown($"{pointer}/currency");
        var field = $"{pointer}/amount";
        if (!IsDecimal(text, out var wholeDigits, out var decimals))
            return new AmountMalformed(field);
        if (text[0] == '-')
            return new AmountNotPositive(field);
        if (decimals != currency.Digits)
            return new AmountDecimals(field, currency.Code, currency.Digits);
        if (wholeDigits > MaxWholeDigits || Money.Find(text, currency) is not { } money)
            return new AmountTooLarge(field);
        return money.IsPositive || allowsZero ? money : new AmountNotPositive(field);
    }

    /// <summary>Digits without needless zeros in front, perhaps a minus, perhaps a point and more digits.</summary>
    private static bool IsDecimal(string text, out int wholeDigits, out int decimals)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        (wholeDigits, decimals) = (whole.Length, fraction.Length);
        return whole.Length > 0 && (whole.Length == 1 || whole[0] != '0')
            && (point < 0 || fraction.Length > 0)
            && !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9');
    }
}
