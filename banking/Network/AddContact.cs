using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Network;

/// <param name="RequestHash">Tells a retry from another request under the same key.</param>
/// <param name="Phone">As typed.</param>
public sealed record ContactOrder(CustomerId Owner, IdempotencyKey Key, string RequestHash, string Name, string Phone);

/// <summary>Adds a person to a customer's network (REQ-02).</summary>
public sealed class AddContact
{
    private readonly NetworkTable network;
    private readonly CheckNumber check;
    private readonly FindContactDetails details;
    private readonly NetworkOptions options;
    private readonly TimeProvider time;

    internal AddContact(NetworkTable network, CheckNumber check, FindContactDetails details, IOptions<NetworkOptions> options, TimeProvider time) =>
        (this.network, this.check, this.details, this.options, this.time) = (network, check, details, options.Value, time);

    /// <returns>
    /// The contact; of a number that is in the network already the one there is, with its name. Or, first match: <see cref="PhoneNumberMalformed"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="OwnContactNumber"/>, <see cref="TooManyContacts"/>, <see cref="TooManyRequests"/>.
    /// </returns>
    public async Task<Result<Contact>> RunAsync(ContactOrder order, CancellationToken cancellation)
    {
        if (PhoneNumber.Find(order.Phone) is not { } phone)
            return new PhoneNumberMalformed("/phone");

        var id = ContactId.Of(order.Owner, phone);
        bool? isRegistered = null;
        while (true)
        {
            if (await network.FindByKeyAsync(order.Owner, order.Key, cancellation) is { } earlier)
            {
                if (earlier.RequestHash != order.RequestHash)
                    return new IdempotencyKeyReused();
                if (await network.FindAsync(order.Owner, earlier.Id, cancellation) is { } added)
                    return added;

                // Added under this key and removed since: the retry of an old call brings nobody back.
                return new ContactNotFound();
            }

            if (await network.FindAsync(order.Owner, id, cancellation) is { } existing)
            {
                if (await network.AddAsync(order.Owner, id, null, order.Key, order.RequestHash, cancellation))
                    return existing;
                continue;
            }

            if (isRegistered is null)
            {
                var own = await details.RunAsync(order.Owner, cancellation);
                if (PhoneNumber.Find(own?.Phone) == phone)
                    return new OwnContactNumber("/phone");
                if ((await network.ListAsync(order.Owner, cancellation)).Count >= options.ContactsAtMost)
                    return new TooManyContacts(options.ContactsAtMost);
                var found = await check.RunAsync(order.Owner, id, phone, cancellation);
                if (!found.IsSuccess)
                    return found.Error;
                isRegistered = found.Value is not null;
            }

            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var contact = new Contact(id, order.Owner, order.Name.Trim(), phone, now, isRegistered.Value, now, RequestPermission.Allowed);
            if (await network.AddAsync(order.Owner, id, contact, order.Key, order.RequestHash, cancellation))
                return (await network.FindAsync(order.Owner, id, cancellation)) ?? contact;
        }
    }
}
