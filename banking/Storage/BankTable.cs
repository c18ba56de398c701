namespace Serverless.Banking.Storage;

/// <summary>The registration of one table.</summary>
/// <param name="Name">Letters and digits, without the prefix.</param>
public sealed record BankTable(string Name);
