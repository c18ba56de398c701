using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Partners;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Text;

namespace Serverless.Banking.Remittances;

/// <summary>Shows the customer the money sent to him, found by the PIN that the sender told him (TRF-26).</summary>
public sealed partial class LookUpRemittance
{
    private readonly RiaClient ria;
    private readonly RateLimits.RateLimits limits;
    private readonly FindContactDetails contacts;
    private readonly RemittanceTable remittances;
    private readonly IOptions<RemittancesOptions> options;

    internal LookUpRemittance(
        RiaClient ria, RateLimits.RateLimits limits, FindContactDetails contacts, RemittanceTable remittances, IOptions<RemittancesOptions> options) =>
        (this.ria, this.limits, this.contacts, this.remittances, this.options) = (ria, limits, contacts, remittances, options);

    /// <param name="knownName">As the customer's identity says it; used when the bank has no name of its own.</param>
    /// <returns>The remittance, to be paid out. Or, first match: <see cref="PinMalformed"/>, <see cref="TooManyRequests"/>, <see cref="RemitterUnavailable"/>,
    /// <see cref="PinUnknown"/>, <see cref="BeneficiaryDiffers"/>, <see cref="RemittanceAlreadyPaid"/>, <see cref="RemittanceCancelled"/>.</returns>
    public async Task<Result<RemittanceOffer>> RunAsync(CustomerId customer, string? knownName, string pin, CancellationToken cancellation)
    {
        if (!IsPin(pin))
            return new PinMalformed("/pin");
        var allowed = await limits.TakeAsync(customer, new RateLimit("remittance-lookup", options.Value.LookupsPerHour, Duration.FromHours(1)), cancellation);
        return allowed.IsSuccess ? await CheckAsync(customer, knownName, pin, cancellation) : allowed.Error;
    }

    /// <summary>The same without counting it.</summary>
    internal async Task<Result<RemittanceOffer>> CheckAsync(CustomerId customer, string? knownName, string pin, CancellationToken cancellation)
    {
        var contact = contacts.RunAsync(customer, cancellation);
        var begun = remittances.FindAsync(RemittanceId.Of(pin), cancellation);
        var found = await ria.LookUpAsync(pin, cancellation);
        var name = (await contact)?.Name ?? knownName;
        var record = await begun;
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value is not { } offer)
            return new PinUnknown();
        if (name is null || !PersonNames.AreSame(name, offer.Beneficiary))
            return new BeneficiaryDiffers();
        return (offer.State, record?.Remittance.State) switch
        {
            (_, not (null or RemittancePayoutState.Refused)) => new RemittanceAlreadyPaid(),
            (RemittanceState.Paid, _) => new RemittanceAlreadyPaid(),
            (RemittanceState.Cancelled, _) => new RemittanceCancelled(),
            _ => offer,
        };
    }

    public static bool IsPin(string pin) => PinShape().IsMatch(pin);

    [GeneratedRegex(@"\A[0-9]{8,12}\z")]
    private static partial Regex PinShape();
}
