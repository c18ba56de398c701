using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.RateLimits;

namespace Serverless.Banking.Network;

/// <summary>Finds out whether a number belongs to a customer: counted, and written down who asked (REQ-19).</summary>
/// <remarks>Whoever may ask without limit learns who is a customer of the bank. What comes out of the bank is yes or no, never the customer.</remarks>
internal sealed class CheckNumber(IPhoneDirectory directory, RateLimits.RateLimits limits, RecordAudit audit, IOptions<NetworkOptions> options)
{
    /// <returns>The customer, or null when the number is nobody's. Or <see cref="TooManyRequests"/>.</returns>
    public async Task<Result<CustomerId?>> RunAsync(CustomerId asker, ContactId number, PhoneNumber phone, CancellationToken cancellation)
    {
        var allowed = await limits.TakeAsync(asker, new RateLimit("number-check", options.Value.ChecksPerDay, Duration.FromDays(1)), cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;

        // It names the contact, never the number. Written down before the answer is known, so that no answer leaves the bank without a trace.
        await audit.RunAsync(new AuditEvent(AuditActor.Customer(asker), "number_checked", $"contact/{number}"), cancellation);
        return await directory.FindAsync(phone, cancellation);
    }
}

/// <summary>Which customer has a phone number.</summary>
internal interface IPhoneDirectory
{
    Task<CustomerId?> FindAsync(PhoneNumber phone, CancellationToken cancellation);
}
