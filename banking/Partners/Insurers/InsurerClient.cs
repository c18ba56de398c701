using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Partners;

/// <summary>The insurers' side of offers and policies, over the contract in docs/partners.md.</summary>
/// <param name="log">Never sees a body: what people are insured with is nobody else's business.</param>
public sealed class InsurerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<InsurerClient> log)
{
    private const int DocumentBytesAtMost = 5 * 1024 * 1024;

    /// <summary>Of an offer's text, so that an offer fits the column that keeps it, whatever letters it is written in.</summary>
    private const int DetailsAtMost = 3000;

    private readonly ConcurrentDictionary<string, PartnerCalls> calls = new(StringComparer.Ordinal);

    /// <param name="kind">In snake_case.</param>
    /// <param name="questions">The form, as JSON.</param>
    /// <returns>Null: no answer, or none that can be understood.</returns>
    public async Task<InsurerOffers?> AskAsync(string insurer, string kind, JsonElement questions, CancellationToken cancellation)
    {
        var (status, answer) = await Of(insurer).PostAsync<OffersAnswer>("offers", new { kind, questions }, cancellation);
        if (status != HttpStatusCode.OK || answer is null)
            return null;
        var offers = (answer.Offers ?? []).Select(offer => offer?.ToOffer()).ToArray();
        return offers.Contains(null) ? null : new InsurerOffers(offers!, answer.Rejection?.ToRejection());
    }

    /// <summary>Orders a policy. The same order may be sent any number of times: it is one policy.</summary>
    public async Task<PolicyAnswer> OrderAsync(string insurer, PolicyOrder order, CancellationToken cancellation)
    {
        var (status, answer) = await Of(insurer).PostAsync<InsurerOrder>(
            "orders",
            new
            {
                purchaseId = order.PurchaseId.ToString("N"),
                offerId = order.OfferId,
                order.Kind,
                order.Questions,
                order.Details,
                premium = new { amount = order.Premium.ToDecimalString(), currency = order.Premium.Currency.Code },
                order.Email,
            },
            cancellation, readsConflict: true);
        return status is HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.Conflict
            ? answer?.ToAnswer() ?? PolicyAnswer.Unknown
            : PolicyAnswer.Unknown;
    }

    /// <summary>Asks what became of an order.</summary>
    public async Task<PolicyAnswer> FindAsync(string insurer, Guid purchaseId, CancellationToken cancellation)
    {
        var (status, answer) = await Of(insurer).GetAsync<InsurerOrder>($"orders/{purchaseId:N}", cancellation);
        return status == HttpStatusCode.OK ? answer?.ToAnswer() ?? PolicyAnswer.Unknown : PolicyAnswer.Unknown;
    }

    /// <summary>Calls an order off: a policy of it that there is or will be is void, because it was never paid.</summary>
    /// <returns>False: the insurer has not said that it has understood.</returns>
    public async Task<bool> CancelAsync(string insurer, Guid purchaseId, CancellationToken cancellation)
    {
        var (status, answer) = await Of(insurer).PostAsync<InsurerOrder>($"orders/{purchaseId:N}/cancellation", new { }, cancellation);
        return status == HttpStatusCode.OK && answer?.Status == "cancelled";
    }

    /// <returns>A PDF; null when there is none yet, or no answer.</returns>
    public async Task<byte[]?> FindDocumentAsync(string insurer, Guid purchaseId, CancellationToken cancellation)
    {
        var (status, answer) = await Of(insurer).GetAsync<InsurerDocument>($"orders/{purchaseId:N}/document", cancellation);
        if (status != HttpStatusCode.OK || answer?.Content is not { Length: > 0 and <= DocumentBytesAtMost } text)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && bytes.AsSpan(0, length).StartsWith("%PDF-"u8) ? bytes[..length] : null;
    }

    private PartnerCalls Of(string insurer) => calls.GetOrAdd(
        insurer, id => new PartnerCalls(http, id, options.Value.Insurers.TryGetValue(id, out var endpoint) ? endpoint : new PartnerEndpoint(), log));

    private sealed record OffersAnswer(OfferData?[]? Offers, RejectionData? Rejection);

    private sealed record OfferData(string? OfferId, BillerAmount? Premium, string? Summary, string? Details, string? ValidUntil, string? Chassis)
    {
        public InsurerOffer? ToOffer()
        {
            var until = ValidUntil is null ? null : (Instant?)(InstantPattern.ExtendedIso.Parse(ValidUntil) is { Success: true, Value: var moment } ? moment : Instant.MinValue);
            return OfferId is { Length: > 0 and <= 64 } && Premium?.ToMoney() is { IsPositive: true } premium && Summary is { Length: > 0 and <= 500 }
                && (Details?.Length ?? 0) <= DetailsAtMost && (Chassis?.Length ?? 0) <= 17 && until != Instant.MinValue
                ? new InsurerOffer(OfferId, premium, Summary, Details ?? "", until, Chassis)
                : null;
        }
    }

    private sealed record RejectionData(string? Code, string? Message, string[]? Fields)
    {
        public OfferRejection? ToRejection() =>
            Code is { Length: > 0 and <= 100 } && Message is { Length: <= 500 } && (Fields ?? []) is { Length: <= 20 } fields && fields.All(field => field is { Length: <= 100 })
                ? new OfferRejection(Code, Message, fields)
                : null;
    }

    private sealed record InsurerDocument(string? Content);
}

/// <summary>An insurer's word on an order, by answer or by webhook.</summary>
internal sealed record InsurerOrder(string? PurchaseId, string? Status, InsurerPolicy? Policy, string? Code)
{
    public PolicyAnswer ToAnswer() => Status switch
    {
        "issued" when Policy?.ToPolicy() is { } policy => new PolicyAnswer(PolicyStatus.Issued, policy, null),
        "pending" => new PolicyAnswer(PolicyStatus.Pending, null, null),
        "refused" => new PolicyAnswer(PolicyStatus.Refused, null, Code is { Length: > 0 and <= 100 } ? Code : "refused"),
        "cancelled" => new PolicyAnswer(PolicyStatus.Refused, null, "cancelled"),
        _ => PolicyAnswer.Unknown,
    };
}

/// <param name="DocumentHash">SHA-256 of the document, lower-case hexadecimal.</param>
internal sealed record InsurerPolicy(string? Number, string? Start, string? End, string? DocumentHash)
{
    public IssuedPolicy? ToPolicy() =>
        Number is { Length: > 0 and <= 40 } && LocalDatePattern.Iso.Parse(Start ?? "") is { Success: true, Value: var start }
        && LocalDatePattern.Iso.Parse(End ?? "") is { Success: true, Value: var end } && end >= start && DocumentHash is { Length: 64 }
            ? new IssuedPolicy(Number, start, end, DocumentHash)
            : null;
}

/// <param name="Rejection">It does not accept what was entered; null when it does.</param>
public sealed record InsurerOffers(IReadOnlyList<InsurerOffer> Offers, OfferRejection? Rejection);

/// <param name="Fields">JSON pointers into what was entered; may be empty.</param>
public sealed record OfferRejection(string Code, string Message, IReadOnlyList<string> Fields);

/// <param name="Id">The insurer's.</param>
/// <param name="ValidUntil">Null: it does not say.</param>
/// <param name="Chassis">Where the insurer fills it from the plate.</param>
public sealed record InsurerOffer(string Id, Money Premium, string Summary, string Details, Instant? ValidUntil, string? Chassis);

public sealed record PolicyOrder(Guid PurchaseId, string OfferId, string Kind, JsonElement Questions, JsonElement? Details, Money Premium, string Email);

/// <param name="End">The last day.</param>
/// <param name="DocumentHash">SHA-256, lower-case hexadecimal.</param>
public sealed record IssuedPolicy(string Number, LocalDate Start, LocalDate End, string DocumentHash);

/// <param name="Code">Of a refusal.</param>
public sealed record PolicyAnswer(PolicyStatus Status, IssuedPolicy? Policy, string? Code)
{
    public static PolicyAnswer Unknown { get; } = new(PolicyStatus.Unknown, null, null);
}

public enum PolicyStatus
{
    /// <summary>The policy is there.</summary>
    Issued,

    /// <summary>Received; the answer comes later.</summary>
    Pending,

    /// <summary>There is none and will be none of this order.</summary>
    Refused,

    /// <summary>No answer, or none that can be understood.</summary>
    Unknown,
}
