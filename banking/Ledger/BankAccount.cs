using System.Text.RegularExpressions;

namespace Serverless.Banking.Ledger;

/// <summary>One of the bank's own accounts: <c>settlement/oshee</c>, <c>cash/main</c>, <c>suspense</c>.</summary>
/// <remarks>It has no balance row to fight over: entries are only inserted, into sharded partitions, and summed by day. It needs no opening.</remarks>
public sealed partial record BankAccount
{
    /// <param name="name">Lower-case words of letters, digits and hyphens, at most 60 characters, separated by slashes.</param>
    /// <exception cref="ArgumentException">The name has another shape.</exception>
    public BankAccount(string name, Currency currency)
    {
        Name = Shape().IsMatch(name) ? name : throw new ArgumentException($"'{name}' cannot name a bank account.", nameof(name));
        Currency = currency;
    }

    public string Name { get; }

    public Currency Currency { get; }

    /// <summary>Where money waits for a person when the account it was meant for can no longer take it.</summary>
    public static BankAccount Suspense(Currency currency) => new("suspense", currency);

    /// <summary>Banknotes in the branches.</summary>
    public static BankAccount Cash(Currency currency) => new("cash/main", currency);

    /// <summary>What the bank owes a biller until the daily settlement.</summary>
    public static BankAccount Settlement(string company, Currency currency) => new($"settlement/{company}", currency);

    public override string ToString() => $"{Name} {Currency.Code}";

    [GeneratedRegex(@"\A(?=.{1,60}\z)[a-z0-9-]+(/[a-z0-9-]+)*\z")]
    private static partial Regex Shape();
}
