using Serverless.Banking.Partners;

namespace Serverless.Banking.Devices;

/// <summary>How a customer may change the password (PROF-19).</summary>
public enum PasswordWay
{
    /// <summary>By the trusted device alone (AUTH-18).</summary>
    TrustedDevice,

    /// <summary>With a card's PIN and the password in force (AUTH-17).</summary>
    Card,

    /// <summary>With a unique code of a branch (AUTH-19).</summary>
    UniqueCode,
}

/// <param name="Ways">The one to offer first.</param>
/// <param name="NeedsBranch">Neither card nor trusted device: the customer gets a unique code at the nearest branch.</param>
public sealed record PasswordWays(IReadOnlyList<PasswordWay> Ways, bool NeedsBranch);

/// <summary>Which ways to change the password are open to a customer from the calling device.</summary>
public sealed class FindPasswordWays
{
    private readonly DeviceTable table;
    private readonly IBankCards cards;

    internal FindPasswordWays(DeviceTable table, IBankCards cards) => (this.table, this.cards) = (table, cards);

    /// <returns>Or <see cref="CardProcessorUnavailable"/>: nobody can tell now.</returns>
    public async Task<Result<PasswordWays>> RunAsync(CustomerId customer, InstallationId installation, CancellationToken cancellation)
    {
        var isTrusted = await table.FindAsync(customer, installation, cancellation) is { IsTrusted: true };
        var all = await cards.ListAsync(customer, cancellation);
        return all.Then(found =>
        {
            var hasCard = found.Any(card => card.IsActive);
            PasswordWay[] ways = [.. isTrusted ? [PasswordWay.TrustedDevice] : Array.Empty<PasswordWay>(), .. hasCard ? [PasswordWay.Card] : Array.Empty<PasswordWay>(), PasswordWay.UniqueCode];
            return new PasswordWays(ways, !isTrusted && !hasCard);
        });
    }
}
