using System.Text.RegularExpressions;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Bills;

/// <summary>A company or institution whose bills the bank collects by agreement.</summary>
/// <param name="Name">As customers know it: <c>OSHEE</c>.</param>
/// <param name="CodeLabel">What the company calls the code it knows a customer by.</param>
/// <param name="CodeHint">Where to find the code, with an example.</param>
/// <param name="CodeFormat">What a client code looks like.</param>
/// <param name="Gln">Global Location Number of GS1, 13 digits: the company's name in the barcode of a payment slip.</param>
/// <param name="AcceptsQr">Prints scannable codes on its bills.</param>
/// <param name="AcceptsAuthorisation">Its invoices can be paid by authorisation.</param>
/// <param name="Category">What is paid there.</param>
/// <param name="IsEKlikOnly">Offered in eKlik and not in the mobile bank, which pays customs, taxes and the treasury by operations of their own (area 13).</param>
/// <param name="IsActive">An inactive company is neither listed nor paid.</param>
public sealed record Company(
    CompanyId Id,
    string Name,
    LocalText CodeLabel,
    LocalText CodeHint,
    ClientCodeFormat CodeFormat,
    string Gln,
    bool AcceptsQr,
    bool AcceptsAuthorisation,
    BillCategory Category,
    bool IsEKlikOnly,
    bool IsActive);

/// <summary>The same words in the bank's two languages.</summary>
public sealed record LocalText(string Sq, string En)
{
    public string In(Language language) => language == Language.English ? En : Sq;
}

/// <summary>What a company's client code looks like.</summary>
public sealed class ClientCodeFormat
{
    /// <summary>No client code is longer, whatever the company (docs/partners.md).</summary>
    public const int LengthAtMost = 25;

    private readonly Regex format;
    private readonly Regex? smartCard;

    /// <param name="pattern">A regular expression that JavaScript reads the same way, from <c>^</c> to <c>$</c>: clients check with it too.</param>
    /// <param name="smartCardPattern">What a smart card's number looks like, where customers take one for the other (BILL-04).</param>
    public ClientCodeFormat(string pattern, string? smartCardPattern)
    {
        Pattern = pattern;
        format = Compile(pattern);
        smartCard = smartCardPattern is null ? null : Compile(smartCardPattern);
    }

    public string Pattern { get; }

    /// <returns>Null when the code fits. Else, first match: <see cref="SmartCardNumber"/>, <see cref="ClientCodeMalformed"/>.</returns>
    public Invalid? Check(string code, string field) =>
        smartCard is not null && Fits(smartCard, code) ? new SmartCardNumber(field)
        : Fits(format, code) ? null
        : new ClientCodeMalformed(field, Pattern);

    /// <summary>The whole text: <c>$</c> alone would let a line break follow.</summary>
    private static bool Fits(Regex regex, string code) => code.Length <= LengthAtMost && regex.Match(code) is { Success: true } match && match.Length == code.Length;

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
