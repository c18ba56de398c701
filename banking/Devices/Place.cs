using System.Globalization;

namespace Serverless.Banking.Devices;

/// <summary>Where a device was, as far as the bank wants to know it: to a thousandth of a degree, about 100 metres (PROF-30).</summary>
/// <remarks>Rounded on the way in, so that nothing more exact is ever stored or logged.</remarks>
public sealed record Place
{
    private const int Decimals = 3;

    private Place(decimal latitude, decimal longitude) => (Latitude, Longitude) = (latitude, longitude);

    /// <summary>Degrees north, -90 to 90.</summary>
    public decimal Latitude { get; }

    /// <summary>Degrees east, -180 to 180.</summary>
    public decimal Longitude { get; }

    /// <summary>Null unless it is a place on earth.</summary>
    public static Place? Find(decimal latitude, decimal longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180
            ? new Place(Math.Round(latitude, Decimals, MidpointRounding.AwayFromZero), Math.Round(longitude, Decimals, MidpointRounding.AwayFromZero))
            : null;

    /// <summary><c>41.3275,19.8187</c> as the app sends it; null for another form.</summary>
    public static Place? Find(string? text) =>
        text is { Length: <= 40 } && text.Split(',') is [var latitude, var longitude] && Degrees(latitude) is { } north && Degrees(longitude) is { } east
            ? Find(north, east)
            : null;

    /// <summary>The rounded form, which <see cref="Find(string)"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude},{Longitude}");

    private static decimal? Degrees(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
