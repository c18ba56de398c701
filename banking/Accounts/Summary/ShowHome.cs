namespace Serverless.Banking.Accounts;

/// <param name="Card">The card that reaches it; null without one.</param>
/// <param name="IsCardPrimary">The first account its card pays from.</param>
public sealed record AccountWithCard(Account Account, LinkedCard? Card, bool IsCardPrimary);

/// <summary>The accounts of a customer with the cards that reach them (ACC-01, ACC-03).</summary>
public sealed class ShowHome(ListAccounts list, IEnumerable<ILinkedCards> cards)
{
    /// <returns>All accounts, as <see cref="ListAccounts"/> orders them.</returns>
    public async Task<IReadOnlyList<AccountWithCard>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var listing = list.RunAsync(customer, cancellation);
        var linked = (await Task.WhenAll(cards.Select(source => source.ListAsync(customer, cancellation)))).SelectMany(some => some).ToList();
        return [.. (await listing).Select(account => With(account, linked))];
    }

    /// <summary>One account, found before.</summary>
    public async Task<AccountWithCard> WithCardAsync(Account account, CancellationToken cancellation)
    {
        var linked = (await Task.WhenAll(cards.Select(source => source.ListAsync(account.Owner, cancellation)))).SelectMany(some => some);
        return With(account, linked);
    }

    /// <returns>The accounts that a card reaches; all of them for a customer without a card.</returns>
    public async Task<IReadOnlyList<AccountWithCard>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var all = await ListAsync(customer, cancellation);
        return all.Any(account => account.Card is not null) ? [.. all.Where(account => account.Card is not null)] : all;
    }

    private static AccountWithCard With(Account account, IEnumerable<LinkedCard> linked) =>
        linked.FirstOrDefault(card => card.Accounts.Contains(account.Id)) is { } card
            ? new AccountWithCard(account, card, card.Accounts[0] == account.Id)
            : new AccountWithCard(account, null, false);
}
