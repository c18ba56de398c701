namespace Serverless.Banking.Bills;

/// <summary>Unknown, removed, or somebody else's.</summary>
public sealed record ContractNotFound() : NotFound("contract_not_found");

/// <summary>The customer has registered this client code at this company before.</summary>
/// <param name="Contract">The contract that has it.</param>
public sealed record ContractAlreadyRegistered(ContractId Contract) : Conflict("contract_already_registered");

/// <summary>An active authorisation pays or reminds of the contract's invoices: cancel it first.</summary>
public sealed record ContractInUse(Guid Authorisation) : Refused("contract_in_use");
