using System.Globalization;

namespace Serverless.Functions.Fx;

internal static class RateText
{
    public static string Of(decimal rate) => rate.ToString(CultureInfo.InvariantCulture);
}
