using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.SmartPay;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class DirectoryFunction(OfferedOperations offered, FindQrAccounts smartPay)
{
    [Function("Transfers_Directory")]
    [Access(Right.Info)]
    [Summary("The groups of operations, and what of them the caller may use from this device.",
        Details = "International transfers and QR withdrawals are for trusted devices, a business's QR deposit for who may act for a company; Scan & Pay waits for SmartPay.")]
    [Answers<DirectoryResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/directory")] HttpRequest request) =>
        TypedResults.Ok(DirectoryResponse.From(OperationDirectory.Of(
            offered.Of(request.CustomerCaller(), await smartPay.IsActiveAsync(request.Customer(), request.HttpContext.RequestAborted)))));
}

public sealed record DirectoryResponse([property: Description("In the order of the app.")] IReadOnlyList<DirectoryGroupResponse> Groups)
{
    public static DirectoryResponse From(IReadOnlyList<DirectoryGroup> groups) =>
        new([.. groups.Select(group => new DirectoryGroupResponse(group.Code, group.Operations, group.Unavailable))]);
}

public sealed record DirectoryGroupResponse(
    [property: Example("transfers")] string Code,
    [property: Description("Codes, in the order of the app; empty when the caller can use none.")] IReadOnlyList<string> Operations,
    [property: Description("Why the whole group cannot be used now; null when it can."), Example("smart_pay_not_activated")] string? Unavailable);
