using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>Whether a chip's content is genuine, current and the customer's (PROF-14, AUTH-14).</summary>
public sealed class CheckIdentityDocument
{
    private const string Albania = "ALB";

    private readonly PassiveAuthentication authentication;
    private readonly FindContactDetails details;
    private readonly TimeProvider time;

    internal CheckIdentityDocument(PassiveAuthentication authentication, FindContactDetails details, TimeProvider time) =>
        (this.authentication, this.details, this.time) = (authentication, details, time);

    /// <summary>One storage call. The same work for a customer whose personal number the bank does not know, or who does not exist.</summary>
    /// <returns>
    /// The document. Or, first match: <see cref="ChipUnreadable"/>, <see cref="ChipInvalid"/>, <see cref="DocumentMismatch"/>, <see cref="DocumentExpired"/>.
    /// </returns>
    public async Task<Result<IdentityDocument>> RunAsync(CustomerId customer, ChipData chip, CancellationToken cancellation)
    {
        var contact = await details.RunAsync(customer, cancellation);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var today = now.InZone(BankTime.Tirane).Date;
        return authentication.Read(chip, now).Then<IdentityDocument>(zone =>
        {
            if (MachineReadableZone.Find(zone, today) is not { } document)
                return new ChipUnreadable();
            if (document.IssuingState != Albania || document.PersonalNumber is not { } number || number != PersonalNumber.Find(contact?.PersonalNumber))
                return new DocumentMismatch();
            return document.ExpiresOn < today ? new DocumentExpired(document.ExpiresOn) : document;
        });
    }
}
