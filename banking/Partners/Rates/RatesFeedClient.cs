using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Partners;

/// <summary>One day of the feed.</summary>
/// <param name="PerEuro">Units for one EUR.</param>
public sealed record FeedDay(LocalDate Date, IReadOnlyDictionary<Currency, decimal> PerEuro);

/// <summary>Daily reference rates in the format of the European Central Bank's <c>eurofxref-daily.xml</c>; docs/partners.md.</summary>
public sealed partial class RatesFeedClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<RatesFeedClient> log)
{
    private const int CharactersAtMost = 200_000;

    /// <returns>Null when there is no answer, or none in the format. Currencies that nobody knows are left out.</returns>
    public async Task<FeedDay?> ReadAsync(CancellationToken cancellation)
    {
        if (http.Find("rates", options.Value.Rates) is not { } client)
            return null;
        try
        {
            using var answer = await client.GetAsync(new Uri("eurofxref-daily.xml", UriKind.Relative), cancellation);
            answer.EnsureSuccessStatusCode();
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            using var reader = XmlReader.Create(
                stream,
                new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CharactersAtMost });
            return Read(await XDocument.LoadAsync(reader, LoadOptions.None, cancellation));
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is XmlException or HttpRequestException)
        {
            LogUnreadable(e.GetType().Name);
            return null;
        }
    }

    private static FeedDay? Read(XDocument document)
    {
        if (document.Descendants().FirstOrDefault(one => one.Name.LocalName == "Cube" && one.Attribute("time") is not null) is not { } day
            || LocalDatePattern.Iso.Parse((string)day.Attribute("time")!) is not { Success: true, Value: var date })
        {
            return null;
        }

        var rates = new Dictionary<Currency, decimal>();
        foreach (var cube in day.Elements())
        {
            if (Currency.Find((string?)cube.Attribute("currency")) is not { } currency)
                continue;
            if (!decimal.TryParse((string?)cube.Attribute("rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate <= 0)
                return null;
            rates[currency] = rate;
        }

        return new FeedDay(date, rates);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rates' feed cannot be read: {Failure}")]
    private partial void LogUnreadable(string failure);
}
