using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The remitter's side of money sent from abroad, over the contract in docs/partners.md.</summary>
public sealed class RiaClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<RiaClient> log)
{
    private readonly PartnerCalls calls = new(http, "ria", options.Value.Ria, log);

    /// <returns>The remittance in whatever state; null when no remittance has the PIN. Or <see cref="RemitterUnavailable"/>.</returns>
    public async Task<Result<RemittanceOffer?>> LookUpAsync(string pin, CancellationToken cancellation)
    {
        var (status, found) = await calls.PostAsync<RiaRemittance>("lookups", new { pin }, cancellation);
        return (status, found?.ToOffer()) switch
        {
            (HttpStatusCode.OK, { } offer) => (Result<RemittanceOffer?>)offer,
            (HttpStatusCode.NotFound, _) => (Result<RemittanceOffer?>)(RemittanceOffer?)null,
            _ => new RemitterUnavailable(),
        };
    }

    /// <summary>Tells that the bank pays the remittance out. The same payout may be sent any number of times.</summary>
    public async Task<PayoutAnswer> PayOutAsync(Guid payoutId, string pin, CancellationToken cancellation)
    {
        var (status, answer) = await calls.PostAsync<RiaPayout>("payouts", new { payoutId = payoutId.ToString("N"), pin }, cancellation, readsConflict: true);
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.Conflict => answer?.ToAnswer() ?? PayoutAnswer.Unknown,
            HttpStatusCode.NotFound => new PayoutAnswer(PayoutStatus.Refused, null, "unknown_pin"),
            _ => PayoutAnswer.Unknown,
        };
    }

    /// <summary>Asks what became of a payout.</summary>
    public async Task<PayoutAnswer> FindPayoutAsync(Guid payoutId, CancellationToken cancellation)
    {
        var (status, answer) = await calls.GetAsync<RiaPayout>($"payouts/{payoutId:N}", cancellation);
        return status switch
        {
            HttpStatusCode.OK => answer?.ToAnswer() ?? PayoutAnswer.Unknown,
            HttpStatusCode.NotFound => new PayoutAnswer(PayoutStatus.NeverReceived, null, null),
            _ => PayoutAnswer.Unknown,
        };
    }

    private sealed record RiaRemittance(string? Pin, string? Sender, string? SenderCountry, string? Beneficiary, BillerAmount? Amount, string? Status)
    {
        public RemittanceOffer? ToOffer()
        {
            RemittanceState? state = Status switch
            {
                "available" => RemittanceState.Available,
                "paid" => RemittanceState.Paid,
                "cancelled" => RemittanceState.Cancelled,
                _ => null,
            };
            return state is not null && Amount?.ToMoney() is { IsPositive: true } amount && Beneficiary is { Length: > 0 }
                ? new RemittanceOffer(Sender ?? "", SenderCountry ?? "", Beneficiary, amount, state.Value)
                : null;
        }
    }

    private sealed record RiaPayout(string? PayoutId, string? Status, string? Reference, string? Code)
    {
        public PayoutAnswer ToAnswer() => Status switch
        {
            "confirmed" => new PayoutAnswer(PayoutStatus.Confirmed, Reference, null),
            "pending" => new PayoutAnswer(PayoutStatus.Pending, null, null),
            "refused" => new PayoutAnswer(PayoutStatus.Refused, null, Code),
            _ => PayoutAnswer.Unknown,
        };
    }
}

/// <summary>Money that somebody abroad has sent, as the remitter has it.</summary>
/// <param name="Beneficiary">First and last name, as the sender gave them.</param>
public sealed record RemittanceOffer(string Sender, string SenderCountry, string Beneficiary, Money Amount, RemittanceState State);

public enum RemittanceState
{
    /// <summary>To be paid out.</summary>
    Available,

    /// <summary>Paid out, here or elsewhere.</summary>
    Paid,

    /// <summary>Taken back by the sender.</summary>
    Cancelled,
}

/// <param name="Reference">The remitter's own, of a confirmation.</param>
/// <param name="Code">Of a refusal.</param>
public sealed record PayoutAnswer(PayoutStatus Status, string? Reference, string? Code)
{
    public static PayoutAnswer Unknown { get; } = new(PayoutStatus.Unknown, null, null);
}

public enum PayoutStatus
{
    /// <summary>The money is the bank's to give, for ever.</summary>
    Confirmed,

    /// <summary>Received; the answer comes later.</summary>
    Pending,

    /// <summary>Not paid out by this bank, and never will be under this id.</summary>
    Refused,

    /// <summary>The remitter was never told of this payout.</summary>
    NeverReceived,

    /// <summary>No answer, or none that can be understood.</summary>
    Unknown,
}

/// <summary>The remitter does not answer; try again later.</summary>
public sealed record RemitterUnavailable() : Unavailable("remitter_unavailable");
