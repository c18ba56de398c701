using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using NodaTime.Text;

namespace Serverless.Banking.Onboarding;

/// <summary>The United Nations Security Council's consolidated list, as it is published.</summary>
internal static class ConsolidatedList
{
    /// <exception cref="XmlException">It is no such list: half of one must not pass for the whole.</exception>
    /// <exception cref="FormatException">Somebody on it cannot be read.</exception>
    public static IEnumerable<ListedPerson> Read(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var root = XDocument.Load(reader).Root!;
        if (root.Name.LocalName != "CONSOLIDATED_LIST" || root.Element("INDIVIDUALS") is not { } individuals)
            throw new XmlException("Not a consolidated list.");
        return [.. individuals.Elements("INDIVIDUAL").Select(Read)];
    }

    private static ListedPerson Read(XElement individual)
    {
        string[] parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
        var name = string.Join(' ', parts.Select(part => ((string?)individual.Element(part))?.Trim()).Where(part => part is { Length: > 0 }));
        var original = ((string?)individual.Element("NAME_ORIGINAL_SCRIPT"))?.Trim();
        var aliases = individual.Elements("INDIVIDUAL_ALIAS").Select(alias => ((string?)alias.Element("ALIAS_NAME"))?.Trim());
        var born = individual.Element("INDIVIDUAL_DATE_OF_BIRTH");
        return new ListedPerson(
            (string?)individual.Element("REFERENCE_NUMBER") ?? throw new FormatException("Somebody without a reference number."),
            [.. aliases.Prepend(original).Prepend(name).OfType<string>().Where(it => it.Length > 0)],
            (string?)born?.Element("DATE") is { } date ? LocalDatePattern.Iso.Parse(date.Length > 10 ? date[..10] : date).Value : null,
            (string?)born?.Element("YEAR") is { } year ? int.Parse(year, CultureInfo.InvariantCulture) : null);
    }
}
