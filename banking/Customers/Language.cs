namespace Serverless.Banking.Customers;

/// <summary>A language the bank speaks.</summary>
public enum Language
{
    /// <summary>The default of this type: the bank is in Albania.</summary>
    Albanian,
    English,
}

public static class Languages
{
    /// <summary>The ISO 639-1 code: <c>sq</c> or <c>en</c>.</summary>
    public static string Code(this Language language) => language == Language.English ? "en" : "sq";

    /// <summary>The one of two texts that is in the language.</summary>
    public static string Say(this Language language, string albanian, string english) => language == Language.English ? english : albanian;

    /// <summary>Null for a language the bank does not speak.</summary>
    public static Language? Find(string? code) => code switch
    {
        "sq" => Language.Albanian,
        "en" => Language.English,
        _ => null,
    };
}
