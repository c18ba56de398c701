using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListContractsFunction(ListContracts list)
{
    [Function("Bills_ListContracts")]
    [Access(Right.Info)]
    [Paged]
    [Summary("Lists the registered companies and, under each, the customer's contracts.",
        Details = "A page has so many contracts at most; a company whose contracts do not fit on one page stands on both.")]
    [Answers<PageResponse<CompanyContractsResponse>>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/contracts")] HttpRequest request)
    {
        var page = list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted);
        return await ByCompanyAsync(page).RespondPage(request, company => company);
    }

    private static async Task<Page<CompanyContractsResponse>> ByCompanyAsync(Task<Page<ContractOverview>> page) =>
        new([.. (await page).Items.GroupBy(item => item.Company.Id).Select(CompanyContractsResponse.From)], (await page).Next);
}

public sealed record CompanyContractsResponse(CompanyName Company, IReadOnlyList<ContractOverviewResponse> Contracts)
{
    public static CompanyContractsResponse From(IEnumerable<ContractOverview> ofOneCompany)
    {
        var contracts = ofOneCompany.ToArray();
        return new CompanyContractsResponse(CompanyName.From(contracts[0].Company), [.. contracts.Select(ContractOverviewResponse.From)]);
    }
}

public sealed record ContractOverviewResponse(
    Guid Id,
    string Company,
    string ClientCode,
    string Name,
    Instant RegisteredAt,
    [property: Description("Invoices that can be paid now, as last known.")] int UnpaidInvoices,
    [property: Description("Their amounts and penalties; null when there is none.")] Money? UnpaidTotal,
    [property: Description("When the company last said so.")] Instant? AsOf,
    [property: Description("The customer's active authorisation for the same client code; null when there is none.")] ContractAuthorisationResponse? Authorisation)
{
    public static ContractOverviewResponse From(ContractOverview overview) => new(
        overview.Contract.Id.Value,
        overview.Contract.Account.Company.Value,
        overview.Contract.Account.ClientCode,
        overview.Contract.Name,
        overview.Contract.RegisteredAt,
        overview.UnpaidCount,
        overview.UnpaidTotal,
        overview.AsOf,
        overview.Authorisation is { } authorisation
            ? new ContractAuthorisationResponse(
                authorisation.Id, authorisation.Number, authorisation.IsAutomatic ? ContractAuthorisationType.Automatic : ContractAuthorisationType.Manual)
            : null);
}

public sealed record ContractAuthorisationResponse(Guid Id, string Number, ContractAuthorisationType Type);

public enum ContractAuthorisationType
{
    Automatic,
    Manual,
}
