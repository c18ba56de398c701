namespace Serverless.Banking.Ledger;

/// <summary>Who is on the other side of a leg, as the account's owner reads it.</summary>
/// <param name="Name">At most 140 characters; null when nobody knows it.</param>
/// <param name="Account">An IBAN or an account number, at most 34 characters; null when there is none.</param>
public sealed record Party(string? Name, string? Account);
