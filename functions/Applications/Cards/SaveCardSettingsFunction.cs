using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SaveCardSettingsFunction(SaveCardSettings save)
{
    [Function("CardApplications_SaveSettings")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Takes limit and settings of the card.")]
    [Body<CardSettingsBody>]
    [Answers<ApplicationResponse>]
    [Refuses<PaymentShareWrong>, Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>, Refuses<CardLimitOutOfRange>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}/settings")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<CardSettingsBody>()
            .Then(body => body.Read())
            .Then(wish => save.RunAsync(request.Customer(), applicationId, wish.Limit, wish.Settings, request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record CardSettingsBody(
    AmountDto Limit,
    [property: Description("`beginning_of_month`: from the first day on; `end_of_month`: up to the last day.")] StatementPeriod StatementPeriod,
    [property: Range(0, 100), Description("Percent of what is owed that is paid automatically: 25 or 100."), Example("25")] int AutomaticPaymentShare,
    [property: Range(0, 100), Description("Percent of the limit that may be spent on the Internet."), Example("50")] int InternetPurchasesShare)
{
    internal Result<(Money Limit, CardSettings Settings)> Read()
    {
        var input = new Input();
        var limit = input.Money("/limit", Limit);
        input.Check(AutomaticPaymentShare is 25 or 100, () => new PaymentShareWrong("/automaticPaymentShare"));
        return input.Result(() => (limit, new CardSettings(StatementPeriod, AutomaticPaymentShare, InternetPurchasesShare)));
    }
}
