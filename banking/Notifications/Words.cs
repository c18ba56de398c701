using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Notifications;

/// <summary>Values as they are written to people; the same in both languages.</summary>
public static class Words
{
    /// <summary><c>1707.40 ALL</c>.</summary>
    public static string Amount(Money amount) => $"{amount.ToDecimalString()} {amount.Currency.Code}";

    /// <summary><c>01.08.2018</c>.</summary>
    public static string Date(LocalDate date) => date.ToString("dd.MM.uuuu", CultureInfo.InvariantCulture);
}
