using NodaTime;

namespace Serverless.Banking.Interbank;

/// <summary>Holds of transfers between banks never run out by themselves: they end with the transfer.</summary>
/// <remarks>A hold that ran out while the network had the payment would let the same money be spent twice. See docs/adr/0012-interbank-holds.md.</remarks>
internal static class InterbankHolds
{
    /// <summary>A hundred years: longer than anything that could still be in flight.</summary>
    public static Instant Until(Instant now) => now + Duration.FromDays(36_500);
}
