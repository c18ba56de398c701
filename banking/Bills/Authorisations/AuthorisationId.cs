using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <remarks>The default value of this type is no authorisation.</remarks>
public readonly record struct AuthorisationId(Guid Value)
{
    // Crockford's alphabet: no letter that can be taken for a digit when the number is read out.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The agreement's reference: <c>AU-</c> and twelve characters that a person can read out.</summary>
    public string Number
    {
        get
        {
            var bits = BitConverter.ToUInt64(Value.ToByteArray(), 8);
            return "AU-" + string.Create(12, bits, (text, rest) =>
            {
                for (var i = 0; i < text.Length; i++, rest >>= 5)
                    text[i] = Alphabet[(int)(rest & 31)];
            });
        }
    }

    /// <summary>A retry with the same key is the same authorisation.</summary>
    internal static AuthorisationId Of(CustomerId customer, IdempotencyKey key) =>
        new(StableGuid.Of("bill_authorisation", customer.Value, key.Value));

    public override string ToString() => Value.ToString("D");
}
