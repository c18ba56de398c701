using Serverless.Banking.Customers;

namespace Serverless.Banking.Accounts;

/// <param name="Svg">The picture, 24 units wide and high, in the colour of the text around it.</param>
public sealed record AccountLogo(string Id, string Albanian, string English, string Svg)
{
    public string NameIn(Language language) => language == Language.English ? English : Albanian;
}

/// <summary>The pictures that an account can be shown with (ACC-10).</summary>
public static class AccountLogos
{
    /// <summary>What an account has until its owner chooses.</summary>
    public const string Default = "wallet";

    public static IReadOnlyList<AccountLogo> All { get; } =
    [
        Of("wallet", "Portofol", "Wallet", "M3 6h15a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM3 6l11-3v3M16 13h4"),
        Of("house", "Shtëpi", "House", "M3 11l9-8 9 8M5 10v10h14V10M10 20v-6h4v6"),
        Of("car", "Makinë", "Car", "M3 16v-4l2-6h14l2 6v4zM5 16v3M19 16v3M3 12h18"),
        Of("travel", "Udhëtim", "Travel", "M3 13l18-8-6 16-3-7z"),
        Of("family", "Familje", "Family", "M8 8a2 2 0 1 0 0-.1M16 8a2 2 0 1 0 0-.1M4 20v-6l4-2 4 2 4-2 4 2v6"),
        Of("education", "Arsim", "Education", "M2 9l10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5"),
        Of("health", "Shëndet", "Health", "M12 20C4 14 3 9 6 6s6 1 6 1 3-4 6-1 2 8-6 14z"),
        Of("shopping", "Blerje", "Shopping", "M5 8h14l-1 12H6zM9 8a3 3 0 0 1 6 0"),
        Of("business", "Biznes", "Business", "M3 8h18v11H3zM9 8V5h6v3M3 13h18"),
        Of("savings", "Kursime", "Savings", "M5 12a7 6 0 0 1 14 0v4l-2 3h-2l-1-2h-4l-1 2H7l-2-3zM12 6V3"),
        Of("gift", "Dhuratë", "Gift", "M4 10h16v10H4zM3 7h18v3H3zM12 7v13M12 7s-5 0-4-3 4 3 4 3 3-6 4-3-4 3-4 3"),
        Of("rainy-day", "Ditë e keqe", "Rainy day", "M3 12a9 9 0 0 1 18 0zM12 12v7a2 2 0 0 0 4 0"),
    ];

    /// <summary>Null for an unknown id.</summary>
    public static AccountLogo? Find(string? id) => All.FirstOrDefault(logo => logo.Id == id);

    private static AccountLogo Of(string id, string albanian, string english, string path) => new(id, albanian, english,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>""");
}
