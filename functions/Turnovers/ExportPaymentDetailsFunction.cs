using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Turnovers;

public sealed class ExportPaymentDetailsFunction(ExportPaymentDetails export)
{
    [Function("Payments_ExportDetails")]
    [Access(Right.Info)]
    [Summary("Exports the details of a payment, with its unique number, as a PDF.",
        Details = "A link, good for 15 minutes without a login, to a document in the language of `Accept-Language`. For transfers and for bills, by who ordered them.")]
    [Answers<DownloadResponse>]
    [Refuses<OrderedPaymentNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/payments/{number:guid}/details")] HttpRequest request, Guid number) =>
        export.RunAsync(request.Customer(), number, AcceptLanguage.Of(request), request.HttpContext.RequestAborted)
            .Respond(link => TypedResults.Ok(DownloadResponse.From(link)));
}
