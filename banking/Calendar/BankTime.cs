using NodaTime;

namespace Serverless.Banking;

/// <summary>Where the bank's days begin: business dates, deadlines and periods are counted in its own time zone, moments are kept in UTC.</summary>
public static class BankTime
{
    public static DateTimeZone Tirane { get; } = DateTimeZoneProviders.Tzdb["Europe/Tirane"];
}
