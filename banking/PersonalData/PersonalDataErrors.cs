namespace Serverless.Banking.PersonalData;

/// <summary>The bank holds nothing about such a customer.</summary>
public sealed record NothingHeld() : NotFound("nothing_held");

/// <summary>What the bank needs to serve a customer is not erased while it serves them.</summary>
/// <param name="OpenAccounts">Accounts that are not closed.</param>
public sealed record RelationshipNotEnded(int OpenAccounts) : Conflict("relationship_not_ended");
