namespace Serverless.Banking.Ledger;

/// <summary>The other side of a leg, as the customer reads it on his statement.</summary>
/// <remarks>It tells, and decides nothing: a journal repeated with another wording of it is still the same journal. Never for logs.</remarks>
public sealed record Party
{
    /// <summary>The length of a name in ISO 20022.</summary>
    public const int NameAtMost = 140;

    /// <summary>The length of the longest IBAN.</summary>
    public const int AccountAtMost = 34;

    /// <param name="name">Null when it is not known.</param>
    /// <param name="account">An IBAN or another number; null when it is not known.</param>
    /// <exception cref="ArgumentException">Neither is given, or one is too long.</exception>
    public Party(string? name, string? account)
    {
        if (string.IsNullOrEmpty(name) && string.IsNullOrEmpty(account))
        {
            throw new ArgumentException("A party has a name or an account.");
        }

        if (name?.Length > NameAtMost || account?.Length > AccountAtMost)
        {
            throw new ArgumentException($"A party's name has at most {NameAtMost} characters, its account {AccountAtMost}.");
        }

        (Name, Account) = (name, account);
    }

    public string? Name { get; }

    public string? Account { get; }

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(Party);
}
