using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Onboarding;

/// <summary>Compares a person with the sanctions list (ONB-29). The list is kept in memory for some hours; one that could not be renewed for too long lets nobody through.</summary>
public sealed partial class ScreenPerson : IDisposable
{
    private readonly SanctionsListClient client;
    private readonly OnboardingOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ScreenPerson> log;
    private readonly SemaphoreSlim gate = new(1, 1);
    private Fetched? list;

    internal ScreenPerson(SanctionsListClient client, IOptions<OnboardingOptions> options, TimeProvider time, ILogger<ScreenPerson> log) =>
        (this.client, this.options, this.time, this.log) = (client, options.Value, time, log);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="name">Given names and surname.</param>
    /// <returns>Reference numbers of those on the list whom the person may be; empty for nobody. Or <see cref="ScreeningUnavailable"/>.</returns>
    public async Task<Result<IReadOnlyList<string>>> RunAsync(string name, LocalDate bornOn, CancellationToken cancellation)
    {
        var known = list;
        if (known is null || Now - known.At >= Duration.FromHours(options.ListRefreshHours))
            known = await RenewAsync(cancellation);
        if (known is null || Now - known.At >= Duration.FromHours(options.ListAtMostHours))
            return new ScreeningUnavailable();
        return known.People.Where(person => ListedNames.CanBe(person, name, bornOn)).Select(person => person.Reference).ToArray();
    }

    public void Dispose() => gate.Dispose();

    private async Task<Fetched?> RenewAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (list is { } fresh && Now - fresh.At < Duration.FromHours(options.ListRefreshHours))
                return fresh;
            if (await client.ReadAsync(cancellation) is { } text && Parse(text) is { } people)
                list = new Fetched(people, Now);
            return list;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <returns>Null for what is no such list: half of one must not pass for the whole.</returns>
    private List<ListedPerson>? Parse(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader).Root!;
            if (root.Name.LocalName != "CONSOLIDATED_LIST" || root.Element("INDIVIDUALS") is not { } individuals)
                throw new XmlException("Not a consolidated list.");
            return [.. individuals.Elements("INDIVIDUAL").Select(Read)];
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            LogUnreadable(e.GetType().Name);
            return null;
        }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The sanctions list cannot be read: {Failure}")]
    private partial void LogUnreadable(string failure);

    private sealed record Fetched(IReadOnlyList<ListedPerson> People, Instant At);
}
