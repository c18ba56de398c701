using System.Globalization;

namespace Serverless.Banking.History;

/// <summary>Finds a text in an operation as people look for things: letter case does not count, ë is read as e and ç as c.</summary>
internal static class SearchText
{
    /// <summary>The text as it is compared.</summary>
    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            // Some keyboards write ë and ç as a letter and its mark.
            if (c is '\u0308' or '\u0327')
                continue;
            folded[length++] = char.ToLowerInvariant(c) switch
            {
                'ë' => 'e',
                'ç' => 'c',
                var lower => lower,
            };
        }

        return new string(folded[..length]);
    }

    /// <param name="wanted">Folded.</param>
    /// <returns>Whether it is in the description, the counterparty's name or account, the reference, or the amount as <c>1707.40</c> or <c>1707,40</c>.</returns>
    public static bool IsIn(Operation operation, string wanted)
    {
        if (Has(operation.Description) || Has(operation.Counterparty?.Name) || Has(operation.Counterparty?.Account) || Has(operation.Reference))
            return true;
        var amount = operation.Amount.ToDecimalString().TrimStart('-');
        return amount.Contains(wanted.Replace(',', '.'), StringComparison.Ordinal) || IsAccountWithSpaces();

        bool Has(string? text) => text is not null && Fold(text).Contains(wanted, StringComparison.Ordinal);

        // An IBAN as it is printed, in groups of four.
        bool IsAccountWithSpaces() =>
            wanted.Contains(' ', StringComparison.Ordinal) && operation.Counterparty?.Account is { } account
            && Fold(account).Contains(wanted.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>An amount in major units, for comparing: minor units of different currencies are not the same size.</summary>
    public static decimal Size(Money amount) => decimal.Parse(amount.ToDecimalString().TrimStart('-'), CultureInfo.InvariantCulture);
}
