using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class PublishBoardFunction(PublishBoard publish)
{
    [Function("Fx_PublishBoard")]
    [Access(Right.Staff, Roles = [Role.Treasury])]
    [Idempotent]
    [Summary("Publishes a rate board; it replaces the one in force from its moment on and is never edited.")]
    [Body<PublishBoardRequest>]
    [Answers<BoardResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<BoardInThePast>, Refuses<BoardRateCrossed>, Refuses<BoardCurrencyWrong>, Refuses<BoardWithoutEuro>, Refuses<RateMalformed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/fx/boards")] HttpRequest request) =>
        request.ReadBody<PublishBoardRequest>()
            .Then(body => body.ToBoard(request))
            .Then(async wanted => (await publish.RunAsync(wanted, request.StaffActor(), request.HttpContext.RequestAborted)).Match<Result<RateBoard>>(
                board => board, error => error is Invalid fault ? new InvalidInput([fault]) : error))
            .Respond(board => TypedResults.Json(BoardResponse.From(board), ApiJson.Options, statusCode: StatusCodes.Status201Created));
}

public sealed record PublishBoardRequest(
    [property: MinLength(1), MaxLength(RateBoard.RatesAtMost)] IReadOnlyList<BoardRateDto> Rates,
    [property: Description("From when on; now when left out."), Example("2099-01-04T07:00:00Z")] Instant? ValidFrom = null)
{
    public Result<BoardToPublish> ToBoard(HttpRequest request)
    {
        var input = new Input();
        var rates = Rates.Select((rate, at) => rate.Read(input, $"/rates/{at}")).ToList();
        for (var at = 0; at < rates.Count; at++)
        {
            if (rates.Take(at).Any(one => one?.Currency is { } earlier && earlier == rates[at]?.Currency))
                input.Add(new BoardCurrencyWrong($"/rates/{at}/currency"));
        }

        input.Check(Rates.Any(rate => rate.Currency == Currency.Eur.Code), () => new BoardWithoutEuro("/rates"));
        return input.Result(() => new BoardToPublish(request.IdempotencyKey(), request.BodyHash(), ValidFrom, [.. rates.OfType<BoardRate>()]));
    }
}

internal static class RateInput
{
    public const string Pattern = @"[0-9]{1,7}(\.[0-9]{1,8})?";

    public static decimal Read(Input input, string text, string pointer)
    {
        var rate = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        input.Check(rate > 0, () => new RateMalformed(pointer));
        return rate;
    }
}
