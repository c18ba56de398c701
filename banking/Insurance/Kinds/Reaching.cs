using System.Text.Json.Serialization;

namespace Serverless.Banking.Insurance;

/// <summary>An Albanian mobile number, typed or from the phone's contacts: +355 and nine national digits, or as at home (PAY-47).</summary>
/// <remarks>The default value of this type is no number.</remarks>
[JsonConverter(typeof(TextValueConverter<MobileNumber>))]
[TextForm(@"(\+355|00355|0)[ /().-]*6([ /().-]*[0-9]){8}", "+355691234567", 40)]
public readonly record struct MobileNumber : ITextValue<MobileNumber>
{
    private MobileNumber(string value) => Value = value;

    /// <summary>E.164.</summary>
    public string Value { get; }

    /// <summary>Null for another form.</summary>
    public static MobileNumber? Find(string? text) =>
        PhoneNumber.Find(text)?.Value is { Length: 13 } number && number.StartsWith("+3556", StringComparison.Ordinal) ? new MobileNumber(number) : null;

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(MobileNumber);
}

/// <summary>An e-mail address, as far as a form can tell.</summary>
/// <remarks>The default value of this type is no address.</remarks>
[JsonConverter(typeof(TextValueConverter<EmailAddress>))]
[TextForm(@"[^@\s]+@[^@\s]+\.[^@\s]+", "arta@example.com", 254)]
public readonly record struct EmailAddress : ITextValue<EmailAddress>
{
    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null for another form.</summary>
    public static EmailAddress? Find(string? text) =>
        text is { Length: <= 254 } && !text.Any(char.IsWhiteSpace) && text.Split('@') is [{ Length: > 0 }, var host]
            && host.LastIndexOf('.') is > 0 and var dot && dot < host.Length - 1
            ? new EmailAddress(text)
            : null;

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(EmailAddress);
}
