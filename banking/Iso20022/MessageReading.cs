using System.Globalization;
using System.Xml.Linq;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Accounts;

namespace Serverless.Banking.Iso20022;

/// <summary>Reads the children of one element strictly in the order of its schema, and collects what is wrong.</summary>
/// <remarks>After a fault the reading goes on with nothing in the value's place, so that one answer names every fault.</remarks>
internal sealed class MessageReading
{
    private readonly List<MessageFault> faults;
    private readonly XElement element;
    private readonly List<XElement> children;
    private int next;

    public MessageReading(XElement element, string path, List<MessageFault> faults, params ReadOnlySpan<string> attributes)
    {
        (this.element, Path, this.faults, children) = (element, path, faults, [.. element.Elements()]);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration && !attributes.Contains(attribute.Name.ToString()) && attribute.Name.Namespace != XmlSchema)
                Fault(MessageRules.Unexpected, $"{Path}/@{attribute.Name.LocalName}");
        }
    }

    private static XNamespace XmlSchema => "http://www.w3.org/2001/XMLSchema-instance";

    public string Path { get; }

    public void Fault(string rule, string? path = null) => faults.Add(new MessageFault(path ?? Path, rule));

    public bool Has(string name) => next < children.Count && children[next].Name.LocalName == name && children[next].Name.Namespace == element.Name.Namespace;

    /// <summary>Elements that the schema allows here and that the bank does not use.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        while (next < children.Count && children[next].Name.Namespace == element.Name.Namespace && names.Contains(children[next].Name.LocalName))
            next++;
    }

    /// <summary>Whatever is left has no place here.</summary>
    public void End()
    {
        for (; next < children.Count; next++)
            Fault(MessageRules.Unexpected, Below(children[next].Name.LocalName));
    }

    /// <returns>Null when it is not there.</returns>
    public T? Optional<T>(string name, Func<MessageReading, T> read, params ReadOnlySpan<string> attributes)
    {
        if (!Has(name))
            return default;
        return read(new MessageReading(children[next++], Below(name), faults, attributes));
    }

    public T? Required<T>(string name, Func<MessageReading, T> read, params ReadOnlySpan<string> attributes)
    {
        if (Has(name))
            return Optional(name, read, attributes);
        Fault(MessageRules.Missing, Below(name));
        return default;
    }

    public IReadOnlyList<T> Many<T>(string name, Func<MessageReading, T> read)
    {
        var found = new List<T>();
        while (Has(name))
        {
            var path = $"{Below(name)}[{(found.Count + 1).ToString(CultureInfo.InvariantCulture)}]";
            found.Add(read(new MessageReading(children[next++], path, faults)));
        }

        return found;
    }

    /// <summary>An identifier of at most 35 characters.</summary>
    public string? Id(string name, bool required = false) => Text(name, 35, required, MessageText.IsIdentifier);

    public string? Text(string name, int max, bool required = false) => Text(name, max, required, MessageText.IsAllowed);

    public string? Text(string name, int max, bool required, Func<string, bool> isAllowed)
    {
        if (Word(name, required) is not { } text)
            return null;
        if (text.Length == 0 || text.Length > max)
            Fault(MessageRules.Length, Below(name));
        else if (!isAllowed(text))
            Fault(MessageRules.Charset, Below(name));
        return text;
    }

    public Bic? Bic(string name) => Parsed(name, false, text => Iso20022.Bic.Find(text), MessageRules.Bic);

    public Iban? Iban(string name) => Parsed(name, true, text => Accounts.Iban.Find(text) is { } iban && iban.Electronic == text ? iban : null, MessageRules.Iban);

    public string? Country(string name) =>
        Parsed(name, false, text => text.Length == 2 && text.All(char.IsAsciiLetterUpper) ? text : null, MessageRules.Country);

    /// <summary>A code as it stands; the caller knows which there are.</summary>
    public string? Code(string name, bool required, params string[] known) =>
        Parsed(name, required, text => known.Contains(text, StringComparer.Ordinal) ? text : null, MessageRules.Code);

    /// <summary>A code of an external list: 1 to 4 capital letters and digits.</summary>
    public string? ExternalCode(string name, bool required = false) => Parsed(
        name, required, text => text.Length is >= 1 and <= 4 && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) ? text : null, MessageRules.Code);

    public LocalDate? Date(string name) => Word(name, false) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value
        : Nothing<LocalDate>(MessageRules.Date, name);

    /// <summary>A moment with its offset, or without one in Tirana's time.</summary>
    public Instant? Moment(string name, bool required)
    {
        if (Word(name, required) is not { } text)
            return null;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset)
            return offset.Value.ToInstant();
        return LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local
            ? BankTime.Tirane.AtLeniently(local.Value).ToInstant()
            : Nothing<Instant>(MessageRules.Date, name);
    }

    /// <summary>A positive amount with its currency.</summary>
    public Money? Amount(string name, bool required)
    {
        if (!Has(name))
            return required ? Required<Money?>(name, _ => null) : null;
        var amount = children[next++];
        var path = Below(name);
        if (amount.HasElements || amount.Attributes().Any(attribute => attribute.Name != "Ccy"))
            Fault(MessageRules.Unexpected, path);
        if (Currency.Find(amount.Attribute("Ccy")?.Value) is not { } currency)
        {
            Fault(MessageRules.Currency, $"{path}/@Ccy");
            return null;
        }

        if (!MessageAmounts.IsDecimal(amount.Value, out var digits, out var fraction) || amount.Value.All(c => c is '0' or '.'))
            Fault(MessageRules.Amount, path);
        else if (digits > 18 || fraction > 5 || MessageAmounts.Find(amount.Value, currency) is not { } money)
            Fault(MessageRules.Digits, path);
        else
            return money;
        return null;
    }

    /// <summary>A number without a currency, as control sums are.</summary>
    public decimal? Number(string name) => Word(name, false) is not { } text ? null
        : MessageAmounts.IsDecimal(text, out var digits, out _) && digits <= 18 ? decimal.Parse(text, CultureInfo.InvariantCulture)
        : Nothing<decimal>(MessageRules.Amount, name);

    public int? Count(string name, bool required) => Word(name, required) is not { } text ? null
        : text.Length is >= 1 and <= 15 && text.All(char.IsAsciiDigit) ? (int)Math.Min(long.Parse(text, CultureInfo.InvariantCulture), int.MaxValue)
        : Nothing<int>(MessageRules.Count, name);

    public string Below(string name) => $"{Path}/{name}";

    private string? Word(string name, bool required)
    {
        if (!Has(name))
        {
            if (required)
                Fault(MessageRules.Missing, Below(name));
            return null;
        }

        var word = children[next++];
        if (word.HasElements || word.HasAttributes)
            Fault(MessageRules.Unexpected, Below(name));
        return word.Value;
    }

    private T? Parsed<T>(string name, bool required, Func<string, T?> parse, string rule)
        where T : class
    {
        if (Word(name, required) is not { } text)
            return null;
        if (parse(text) is { } value)
            return value;
        Fault(rule, Below(name));
        return null;
    }

    private T? Nothing<T>(string rule, string name)
        where T : struct
    {
        Fault(rule, Below(name));
        return null;
    }
}

/// <summary>Amounts as messages write them: a decimal point, and at most the currency's own decimals.</summary>
internal static class MessageAmounts
{
    public static bool IsDecimal(string text, out int digits, out int fraction)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var rest = point < 0 ? "" : text[(point + 1)..];
        (digits, fraction) = (whole.Length + rest.Length, rest.Length);
        return whole.Length > 0 && (point < 0 || rest.Length > 0) && whole.All(char.IsAsciiDigit) && rest.All(char.IsAsciiDigit);
    }

    /// <summary>Null when there are more decimals than the currency has. Fewer are allowed, and leading zeros.</summary>
    public static Money? Find(string text, Currency currency)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : text[(point + 1)..].TrimEnd('0');
        if (fraction.Length > currency.Digits)
            return null;
        var minor = (point < 0 ? text : text[..point]) + fraction.PadRight(currency.Digits, '0');
        return long.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Money.OfMinor(value, currency) : null;
    }

    public static decimal Number(Money money) => decimal.Parse(money.ToDecimalString(), CultureInfo.InvariantCulture);
}
