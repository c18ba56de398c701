using System.Collections.Immutable;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Credentials;

/// <summary>Names one thing that is proven by one-time codes; each further code for it cancels the one before.</summary>
/// <remarks>Derived from purpose and binding, so it is no secret and a repeated request meets the same. The default value of this type names nothing.</remarks>
public readonly record struct OneTimeCodeId
{
    private OneTimeCodeId(string value) => Value = value;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Value { get; }

    public static OneTimeCodeId? Find(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower) ? new OneTimeCodeId(text) : null;

    internal static OneTimeCodeId Of(OneTimeCodePurpose purpose, string binding) => new(Notifications.NoticeId.Of("one-time-code", purpose.ToString(), binding).Value);

    public override string ToString() => Value;
}

/// <param name="Binding">
/// What exactly is proven: the id of the login, the hash of the payment. Unique to that one thing, because once five wrong codes have cancelled it no further is sent for it.
/// </param>
/// <param name="Customer">Gets it by SMS at the number on file, unless an address is given. Null for somebody who is no customer.</param>
/// <param name="Phone">E.164, instead of the number on file.</param>
/// <param name="Email">Instead of an SMS.</param>
/// <param name="Language">Null: the customer's.</param>
public sealed record OneTimeCodeRequest(
    OneTimeCodePurpose Purpose, string Binding, CustomerId? Customer, string? Phone = null, string? Email = null, Language? Language = null)
{
    /// <summary>What the message says besides; see <see cref="OneTimeCodePurpose"/>.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <param name="MaskedTarget">Where it went, as it may be shown: <c>+355•••••0001</c>.</param>
/// <param name="ResendAfter">Not before then is another one sent.</param>
public sealed record OneTimeCodeSent(OneTimeCodeId Id, string MaskedTarget, Instant ExpiresAt, Instant ResendAfter);
