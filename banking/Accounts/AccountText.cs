namespace Serverless.Banking.Accounts;

/// <summary>What customers may write on their accounts: letters, digits, spaces and . , / - (ACC-21).</summary>
public static class AccountText
{
    public const int NameAtMost = 30;
    public const int DescriptionAtMost = 50;

    /// <summary>1 to 30 characters, not only spaces.</summary>
    public static bool IsName(string text) => Is(text, NameAtMost);

    /// <summary>1 to 50 characters, not only spaces.</summary>
    public static bool IsDescription(string text) => Is(text, DescriptionAtMost);

    private static bool Is(string text, int atMost) =>
        text.Length >= 1 && text.Length <= atMost
        && text.All(c => char.IsLetterOrDigit(c) || " .,/-".Contains(c, StringComparison.Ordinal)) && text.AsSpan().Trim().Length > 0;
}
