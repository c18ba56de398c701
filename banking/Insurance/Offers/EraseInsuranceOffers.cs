using NodaTime;

namespace Serverless.Banking.Insurance;

/// <summary>Erases what cannot be bought any more: names and numbers of those who were to be insured are kept no longer than needed (PAY-50).</summary>
public sealed class EraseInsuranceOffers
{
    private readonly OfferTable table;

    internal EraseInsuranceOffers(OfferTable table) => this.table = table;

    /// <returns>How many rows went. Cost in proportion to them.</returns>
    public Task<int> RunAsync(Instant dueBefore, CancellationToken cancellation) => table.EraseAsync(dueBefore, cancellation);
}
