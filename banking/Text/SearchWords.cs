namespace Serverless.Banking.Text;

/// <summary>Text as it is searched and sorted: small letters without accents.</summary>
internal static class SearchWords
{
    public static string Of(string text) => string.Concat(text.Select(c => NameComparison.Fold(char.ToLowerInvariant(c)))).Trim();
}
