using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ListBeneficiariesFunction(ListBeneficiaries list)
{
    [Function("Beneficiaries_List")]
    [Access(Right.Info)]
    [Paged]
    [Query<BeneficiaryQuery>]
    [Summary("The customer's registered payees, by what he calls them.")]
    [Answers<PageResponse<BeneficiaryResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/beneficiaries")] HttpRequest request) =>
        request.Query<BeneficiaryQuery>() is var query
            ? list.RunAsync(request.Customer(), query.Search, query.Type, request.Page(), request.HttpContext.RequestAborted)
                .RespondPage(request, BeneficiaryResponse.From)
            : throw new InvalidOperationException();
}

public sealed record BeneficiaryQuery(
    [property: MaxLength(140), Description("Part of alias, name or account.")] string? Search = null,
    [property: Description("Only those that this kind of transfer can use.")] BeneficiaryType? Type = null);
