namespace Serverless.Banking.Desk;

/// <summary>How values are written for the desk.</summary>
public static class DeskText
{
    /// <summary><c>20000.00 EUR</c>.</summary>
    public static string Of(Money money) => $"{money.ToDecimalString()} {money.Currency.Code}";

    /// <summary>The code of an enumeration's member: <c>valid_until</c>.</summary>
    public static string Code<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
