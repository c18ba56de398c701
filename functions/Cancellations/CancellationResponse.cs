using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Cancellations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Cancellations;

[Description("A request to cancel a payment, as it stands.")]
public sealed record CancellationResponse(
    [property: Description("Unique number of the payment.")] Guid PaymentNumber,
    CancellationState State,
    string Reason,
    [property: Description("Why it was refused; null when it was not."), Example("receiver_refused")] string? RefusalCode,
    [property: Description("In the bank's words, or the partner's code.")] string? RefusalReason,
    Instant RequestedAt,
    [property: Description("Every state it has been in, oldest first.")] IReadOnlyList<CancellationStepResponse> Timeline)
{
    public static CancellationResponse From(Cancellation it) => new(
        it.Number, it.State, it.Reason, it.Refusal, it.RefusalReason, it.RequestedAt, [.. it.Timeline.Select(step => new CancellationStepResponse(step.State, step.At))]);
}

public sealed record CancellationStepResponse(CancellationState State, Instant At);

[Description("The same for staff.")]
public sealed record StaffCancellationResponse(string CustomerNumber, CancellationResponse Cancellation)
{
    public static StaffCancellationResponse From(Cancellation it) => new(it.Customer.Value, CancellationResponse.From(it));
}
