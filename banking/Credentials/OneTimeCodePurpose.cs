namespace Serverless.Banking.Credentials;

/// <summary>What a one-time code is for. A code for one purpose is good for no other, and its message names it (AUTH-23).</summary>
public enum OneTimeCodePurpose
{
    /// <summary>Second step of a login (AUTH-02).</summary>
    Login,

    /// <summary>Registration of a client (ONB-06).</summary>
    Registration,

    /// <summary>Recovery of a forgotten password (AUTH-12).</summary>
    Recovery,

    /// <summary>Confirmation of a payment (AUTH-29). Facts: amount, payee.</summary>
    Payment,

    /// <summary>Confirmation of a change of security settings (AUTH-29).</summary>
    SecurityChange,

    /// <summary>Proof that an e-mail address or a telephone number is the person's.</summary>
    Contact,

    /// <summary>Signature of a contract (ONB-21). Facts: number.</summary>
    Contract,
}
