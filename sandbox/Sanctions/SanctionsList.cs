using System.Globalization;
using System.Xml.Linq;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Sanctions;

/// <summary>Whom nobody may do business with, in the shape of the United Nations Security Council's consolidated list. The people on it do not exist.</summary>
internal sealed class SanctionsList(SandboxClock clock)
{
    public const string Id = "sanctions";

    private readonly Lock gate = new();
    private readonly SanctionsSeed seed = SeedData.Read<SanctionsSeed>("sanctions.json");
    private List<ListedIndividual>? changed;

    public IReadOnlyList<ListedIndividual> All()
    {
        lock (gate)
        {
            return [.. changed ?? seed.Individuals];
        }
    }

    /// <summary>In place of the one with the same reference number.</summary>
    public ListedIndividual Add(ListedIndividual individual)
    {
        lock (gate)
        {
            changed = [.. (changed ?? seed.Individuals).Where(it => it.ReferenceNumber != individual.ReferenceNumber), individual];
            return individual;
        }
    }

    /// <returns>False when nobody has the reference number.</returns>
    public bool Remove(string referenceNumber)
    {
        lock (gate)
        {
            var before = changed ?? seed.Individuals;
            changed = [.. before.Where(it => it.ReferenceNumber != referenceNumber)];
            return changed.Count < before.Count;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            changed = null;
        }
    }

    public string Write() => new XDocument(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(
            "CONSOLIDATED_LIST",
            new XAttribute("dateGenerated", clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new XElement("INDIVIDUALS", All().Select((individual, index) => Of(individual, index + 1))),
            new XElement("ENTITIES"))).ToString();

    private static XElement Of(ListedIndividual it, int number) => new(
        "INDIVIDUAL",
        new XElement("DATAID", number),
        new XElement("VERSIONNUM", 1),
        new XElement("FIRST_NAME", it.FirstName),
        new XElement("SECOND_NAME", it.SecondName),
        new XElement("UN_LIST_TYPE", it.ListType),
        new XElement("REFERENCE_NUMBER", it.ReferenceNumber),
        new XElement("NATIONALITY", new XElement("VALUE", it.Nationality)),
        it.Aliases.Select(alias => new XElement("INDIVIDUAL_ALIAS", new XElement("QUALITY", "Good"), new XElement("ALIAS_NAME", alias))),
        new XElement(
            "INDIVIDUAL_DATE_OF_BIRTH",
            it.BirthDate.Length == 4
                ? new object[] { new XElement("TYPE_OF_DATE", "APPROXIMATELY"), new XElement("YEAR", it.BirthDate) }
                : [new XElement("TYPE_OF_DATE", "EXACT"), new XElement("DATE", it.BirthDate)]));
}

internal sealed record SanctionsSeed(IReadOnlyList<ListedIndividual> Individuals);

/// <param name="BirthDate">A date, or a year where only that is known.</param>
internal sealed record ListedIndividual(
    string ReferenceNumber, string FirstName, string SecondName, string BirthDate, string Nationality, string ListType, IReadOnlyList<string> Aliases);
