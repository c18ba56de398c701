using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class LookUpInvoicesFunction(ListUnpaidInvoices list)
{
    [Function("Bills_LookUpInvoices")]
    [Access(Right.Info)]
    [Summary("The unpaid invoices of a client code, without registering it.")]
    [Query<LookUpInvoicesQuery>]
    [Answers<UnpaidInvoicesResponse>]
    [Refuses<CompanyUnknown>, Refuses<SmartCardNumber>, Refuses<ClientCodeMalformed>, Refuses<ClientCodeUnknown>, Refuses<CompanyUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/invoices")] HttpRequest request)
    {
        var query = request.Query<LookUpInvoicesQuery>();
        return list.OfClientCodeAsync(request.Customer(), query.Company, query.ClientCode, request.HttpContext.RequestAborted)
            .Respond(unpaid => TypedResults.Ok(UnpaidInvoicesResponse.From(unpaid)));
    }
}

public sealed record LookUpInvoicesQuery(
    [property: MaxLength(40), Example("oshee")] string Company, [property: MaxLength(40), Example("TR0.A0000000000000")] string ClientCode);
