namespace Serverless.Banking.Bills;

/// <summary>
/// A client code at a company: what contracts and authorisations of any number of customers point at, and what invoices belong to.
/// </summary>
/// <param name="ClientCode">Case-exact, in the company's format.</param>
public sealed record ClientAccount(CompanyId Company, string ClientCode)
{
    /// <summary>Names the company only: a client code can be a vehicle's plate.</summary>
    public override string ToString() => $"{Company}/…";
}
