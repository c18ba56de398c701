using System.Buffers.Text;
using System.Globalization;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>How much of an account's entries a list has behind it.</summary>
/// <param name="Next">Sequence of the next entry to read; from the newest on it counts down, from the oldest on up.</param>
/// <param name="Last">Sequence of the last one to read, as the first page found it: what is booked later does not move the pages.</param>
/// <param name="HasHolds">The account had money held when the list was begun.</param>
internal sealed record AccountPlace(AccountId Account, long Next, long Last, bool HasHolds);

/// <summary>Where the next page of a history begins.</summary>
/// <param name="Accounts">Those that have something left.</param>
/// <param name="Unbooked">
/// Behind it are the orders that are not booked; when sorted by amount, everything. Only sealed cursors come back, so the accounts are the caller's own.
/// </param>
internal sealed record HistoryCursor(IReadOnlyList<AccountPlace> Accounts, OperationPlace? Unbooked)
{
    public string Write() => string.Join(';', [Unbooked?.Write() ?? "", .. Accounts.Select(Write)]);

    public static HistoryCursor Read(string text)
    {
        var parts = text.Split(';');
        return new HistoryCursor([.. parts.Skip(1).Select(ReadAccount)], parts[0].Length == 0 ? null : OperationPlace.Read(parts[0]));
    }

    /// <summary>Short, because a customer may have many accounts and a cursor travels in an address.</summary>
    private static string Write(AccountPlace place) => string.Create(
        CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(place.Account.Value.ToByteArray())}.{place.Next}.{place.Last}{(place.HasHolds ? "h" : "")}");

    private static AccountPlace ReadAccount(string text)
    {
        var parts = text.Split('.');
        return new AccountPlace(
            new AccountId(new Guid(Base64Url.DecodeFromChars(parts[0]))), long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2].TrimEnd('h'), CultureInfo.InvariantCulture), parts[2].EndsWith('h'));
    }
}
