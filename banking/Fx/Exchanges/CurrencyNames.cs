using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Fx;

/// <summary>Names of currencies in both languages (<c>currencies.json</c>).</summary>
public static class CurrencyNames
{
    private static readonly Dictionary<string, Dictionary<string, string>> Names = Read();

    /// <summary>The code itself when nobody has named it.</summary>
    public static string Of(Currency currency, Language language) => Names.TryGetValue(currency.Code, out var names) ? names[language.Code()] : currency.Code;

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Fx.currencies.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}
