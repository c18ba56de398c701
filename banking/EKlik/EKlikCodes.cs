using Serverless.Banking.Credentials;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Codes that staff give out. Each is derived from the officer's order with the bank's key: who did not hear the answer gets it again, and it is stored nowhere.</summary>
internal sealed class EKlikCodes(KeyedHash hash)
{
    /// <summary>Without 0 and O, 1 and I.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private const int Length = 8;

    /// <summary>Names an officer's order.</summary>
    public string Order(string what, string officer, UserName name, string key) => hash.Of("eklik-order", what, officer, name.Value, key)[..32];

    public string Code(string what, string order) => string.Concat(hash.Bytes("eklik-code", what, order).Take(Length).Select(value => Letters[value % Letters.Length]));

    public string HashOf(string what, UserName name, params ReadOnlySpan<string> codes) => hash.Of("eklik-code-of", what, name.Value, Normal(codes));

    public bool Matches(IssuedCode? issued, string what, UserName name, params ReadOnlySpan<string> codes) =>
        hash.Matches(issued?.Hash ?? "", "eklik-code-of", what, name.Value, Normal(codes));

    /// <summary>As people type them.</summary>
    private static string Normal(ReadOnlySpan<string> codes)
    {
        var normal = new List<string>();
        foreach (var code in codes)
            normal.Add(UniqueCodes.Normal(code));
        return string.Join('|', normal);
    }
}
