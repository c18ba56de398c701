namespace Serverless.Banking.Bills;

/// <summary>What contracts need to know of authorisations, which point at the same client accounts.</summary>
public interface IContractAuthorisations
{
    /// <returns>The customer's authorisation of each client account that has an active one.</returns>
    Task<IReadOnlyDictionary<ClientAccount, ContractAuthorisation>> ListActiveAsync(CustomerId customer, CancellationToken cancellation);
}

/// <param name="Number">The agreement's number, as printed for the customer.</param>
/// <param name="IsAutomatic">Automatic payment; else the customer is only reminded.</param>
public sealed record ContractAuthorisation(Guid Id, string Number, bool IsAutomatic);

/// <summary>For a bank that offers no authorisations.</summary>
internal sealed class NoAuthorisations : IContractAuthorisations
{
    public Task<IReadOnlyDictionary<ClientAccount, ContractAuthorisation>> ListActiveAsync(CustomerId customer, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<ClientAccount, ContractAuthorisation>>(new Dictionary<ClientAccount, ContractAuthorisation>());
}
