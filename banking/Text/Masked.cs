namespace Serverless.Banking.Text;

/// <summary>What may be shown of somebody else's data: enough to recognise it, not to learn it (TRF-42).</summary>
public static class Masked
{
    private const string Stars = "****";

    /// <summary>The first letter of every word: <c>A**** H****</c>. The number of stars says nothing.</summary>
    public static string Name(string? name) =>
        string.Join(' ', (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => word[..1] + Stars));

    /// <summary>The first and the last four characters: <c>AL35…7890</c>.</summary>
    public static string Account(string account) => account.Length > 8 ? $"{account[..4]}…{account[^4..]}" : Stars;

    /// <summary>Country code and the last three digits: <c>+355…001</c>.</summary>
    public static string Phone(string phone) => phone.Length > 8 ? $"{phone[..4]}…{phone[^3..]}" : Stars;

    /// <summary>The first letter and the domain: <c>a…@example.com</c>.</summary>
    public static string Email(string email) => email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{email[..1]}…{email[at..]}" : Stars;
}
