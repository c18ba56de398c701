using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class ShowSmartPayFunction(FindQrAccounts find, ListAccounts accounts)
{
    [Function("Qr_Show")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("Whether SmartPay is active, and the accounts to pay from or to be paid on.", Details = "Active means at least one QR account.")]
    [Answers<SmartPayResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay")] HttpRequest request)
    {
        var finding = find.ListAsync(request.Customer(), request.HttpContext.RequestAborted);
        var all = await accounts.RunAsync(request.Customer(), request.HttpContext.RequestAborted);
        var faces = (await finding).ToDictionary(it => it.Account, it => it.Id);
        return TypedResults.Ok(new SmartPayResponse(
            faces.Count > 0,
            [
                .. all.Where(account => account.Status != AccountStatus.Closed).Select(account => new SmartPayAccountResponse(
                    account.Id.Value, account.Iban.Electronic, account.Name, account.Currency.Code, account.IsMain, faces.TryGetValue(account.Id, out var face) ? face.Value : null)),
            ]));
    }
}

public sealed record SmartPayResponse(bool IsActive, IReadOnlyList<SmartPayAccountResponse> Accounts);

public sealed record SmartPayAccountResponse(
    Guid Id, [property: Example("AL47212110090000000235698741")] string Iban, string Name, [property: Example("ALL")] string Currency, bool IsMain,
    [property: Description("Its QR account; null while it has none.")] Guid? QrAccountId);
