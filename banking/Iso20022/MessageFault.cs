namespace Serverless.Banking.Iso20022;

/// <summary>One thing that makes a message unusable.</summary>
/// <param name="Field">Path of the element from the root: <c>/Document/FIToFICstmrCdtTrf/GrpHdr/MsgId</c>.</param>
/// <param name="Rule">One of <see cref="MessageRules"/>.</param>
public sealed record MessageFault(string Field, string Rule) : Invalid("iso20022_invalid", Field);

/// <summary>The rules a message is held to, by name.</summary>
public static class MessageRules
{
    /// <summary>No well-formed XML, or other bytes than UTF-8.</summary>
    public const string Malformed = "malformed_xml";

    /// <summary>A document type declaration: never read, because it can make the reader fetch or swell.</summary>
    public const string Dtd = "dtd_not_allowed";

    /// <summary>Larger than <see cref="MessageXml.MostCharacters"/>, or with more transactions than <see cref="MessageXml.MostTransactions"/>.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Another message, or another version of it.</summary>
    public const string Namespace = "wrong_message";

    public const string Missing = "missing";

    /// <summary>An element or attribute that has no place there, or not in this order.</summary>
    public const string Unexpected = "unexpected";

    public const string Length = "length";

    /// <summary>Characters that payment networks do not carry; in identifiers also a slash at either end, or two in a row.</summary>
    public const string Charset = "charset";

    /// <summary>Not a positive decimal number.</summary>
    public const string Amount = "amount";

    /// <summary>More decimals than the currency has, or more than 18 digits.</summary>
    public const string Digits = "amount_digits";

    public const string Currency = "currency";

    public const string Bic = "bic";

    public const string Iban = "iban";

    public const string Country = "country";

    /// <summary>Not in the code list.</summary>
    public const string Code = "code";

    public const string Date = "date";

    /// <summary>NbOfTxs is not the number of transactions.</summary>
    public const string Count = "number_of_transactions";

    /// <summary>CtrlSum, or the total amount, is not the sum of the transactions.</summary>
    public const string ControlSum = "control_sum";
}
