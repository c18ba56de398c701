using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Checks institution and subscriber data before an authorisation is made (BILL-11).</summary>
public sealed class CheckSubscriber
{
    private readonly CompanyCatalogue companies;
    private readonly BillerClient billers;

    internal CheckSubscriber(CompanyCatalogue companies, BillerClient billers) => (this.companies, this.billers) = (companies, billers);

    /// <returns>The subscriber as the institution knows it. Or, first match: <see cref="InstitutionNotAvailable"/>, <see cref="SmartCardNumber"/>,
    /// <see cref="ClientCodeMalformed"/>, <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.</returns>
    public async Task<Result<Subscriber>> RunAsync(string company, string subscriberNumber, CancellationToken cancellation)
    {
        if (companies.FindActive(company) is not { AcceptsAuthorisation: true })
            return new InstitutionNotAvailable("/company");
        var account = companies.Check(company, subscriberNumber, codeField: "/subscriberNumber");
        if (!account.IsSuccess)
            return account.Error;
        var name = await billers.FindSubscriberAsync(account.Value, cancellation);
        return name.Then(found => new Subscriber(account.Value, found));
    }
}

/// <param name="Name">As the institution knows the subscriber.</param>
public sealed record Subscriber(ClientAccount Account, string Name);
